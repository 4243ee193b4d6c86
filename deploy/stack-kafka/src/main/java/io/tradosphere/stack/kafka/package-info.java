/** A single Kafka broker as a process of its own, for trying TradoSphere out and for its tests. */
package io.tradosphere.stack.kafka;
