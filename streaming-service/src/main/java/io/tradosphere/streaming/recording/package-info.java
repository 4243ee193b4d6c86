/** Recordings of streams, which Agora makes. */
package io.tradosphere.streaming.recording;
