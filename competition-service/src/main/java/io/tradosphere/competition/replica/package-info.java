/** Replicas of other slices' topics: clan members and stealth modes. */
package io.tradosphere.competition.replica;
