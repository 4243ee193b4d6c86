/** The cases. */
package io.tradosphere.bench.measure;
