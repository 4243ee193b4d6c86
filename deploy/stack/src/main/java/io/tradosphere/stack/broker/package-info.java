/** Kafka as a child process, and TradoSphere's topics in it. */
package io.tradosphere.stack.broker;
