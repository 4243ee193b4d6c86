package io.tradosphere.cli.soak;

import java.util.UUID;

/**
 * Somebody with a profile.
 *
 * @param id the profile's
 * @param token a token that outlives the soak
 */
record Person(UUID id, String token) {}
