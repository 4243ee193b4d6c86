/** Kafka's topics, created or checked. */
package io.tradosphere.cli.topics;
