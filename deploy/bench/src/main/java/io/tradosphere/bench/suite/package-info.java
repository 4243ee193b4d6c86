/** The systems under measurement: the suite, the trigger design and the Fastify service. */
package io.tradosphere.bench.suite;
