/** The trigger design: follows on the seed schema, counted by a trigger, with social-service's endpoint. */
package io.tradosphere.bench.trigger;
