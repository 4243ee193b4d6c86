/** Writes that many requests share: taken into memory, stored in batches. */
package io.tradosphere.platform.buffer;
