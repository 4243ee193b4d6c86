/** Clients that put load on and watch. */
package io.tradosphere.bench.load;
