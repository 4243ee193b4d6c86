/** Replicas of follows and blocks, from the compacted topics of social-service. */
package io.tradosphere.signal.replica;
