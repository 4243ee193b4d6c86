/** The data both are loaded with, the same to the last row. */
package io.tradosphere.bench.world;
