package io.tradosphere.cli.soak;

import java.util.UUID;

/**
 * A test user with a profile.
 *
 * @param id the profile's id
 * @param token a token that is valid for the whole soak
 */
record TestUser(UUID id, String token) {}
