package io.tradosphere.cli.soak;

import java.util.UUID;

/**
 * Somebody, and somebody else whom they may follow.
 *
 * @param follower who follows
 * @param followed who is followed
 */
record Pair(UUID follower, UUID followed) {}
