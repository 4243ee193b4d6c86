package io.tradosphere.platform.profiles;

import io.tradosphere.contracts.profile.ProfileState;

/**
 * A version of a profile's public state, as profile-service returns it to refresh another service's replica.
 *
 * @param sequence the version; it grows with every state of a profile
 * @param profile the state
 */
public record ProfileVersionedState(long sequence, ProfileState profile) {}
