/** Replicas of social-service's blocks and follows. */
package io.tradosphere.messaging.replica;
