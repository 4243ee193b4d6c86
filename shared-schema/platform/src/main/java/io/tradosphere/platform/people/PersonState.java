package io.tradosphere.platform.people;

import io.tradosphere.contracts.profile.ProfileState;

/**
 * A profile's public state and which version of it this is; what profile-service answers when another service's copy lags.
 *
 * @param sequence the version: of two states of one profile the later has the higher
 * @param profile the state itself
 */
public record PersonState(long sequence, ProfileState profile) {}
