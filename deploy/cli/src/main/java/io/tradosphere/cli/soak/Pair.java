package io.tradosphere.cli.soak;

import java.util.UUID;

/**
 * A pair of profiles, of which the first may follow the second.
 *
 * @param follower the id of the follower
 * @param followed the id of the followed profile
 */
record Pair(UUID follower, UUID followed) {}
