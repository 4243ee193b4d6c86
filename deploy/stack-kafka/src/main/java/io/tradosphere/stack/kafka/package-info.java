/** A single Kafka broker as a separate process, for local use and for tests. */
package io.tradosphere.stack.kafka;
