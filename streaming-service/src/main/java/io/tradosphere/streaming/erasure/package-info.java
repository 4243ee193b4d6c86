/** How a person is erased from the slice of live streams. */
package io.tradosphere.streaming.erasure;
