/** Streams: started, edited and ended. */
package io.tradosphere.streaming.stream;
