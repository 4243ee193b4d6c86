/** Who may watch a stream, and with what token. */
package io.tradosphere.streaming.watch;
