/** Copies of who follows and who blocks whom, from social's compacted topics. */
package io.tradosphere.signal.graph;
