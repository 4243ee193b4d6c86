/** Load generation and client-side measurement. */
package io.tradosphere.bench.load;
