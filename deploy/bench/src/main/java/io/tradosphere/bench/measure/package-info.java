/** The benchmark cases and their measurements. */
package io.tradosphere.bench.measure;
