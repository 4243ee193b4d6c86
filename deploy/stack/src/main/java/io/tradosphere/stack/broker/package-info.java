/** Kafka as a child process, and TradoSphere's topics. */
package io.tradosphere.stack.broker;
