/** The dataset, identical in all compared systems. */
package io.tradosphere.bench.dataset;
