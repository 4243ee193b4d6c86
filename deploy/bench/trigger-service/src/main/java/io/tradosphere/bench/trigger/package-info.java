/** The seed's follows, counted by its trigger, behind the endpoint that social-service has. */
package io.tradosphere.bench.trigger;
