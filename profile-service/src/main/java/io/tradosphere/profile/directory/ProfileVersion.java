package io.tradosphere.profile.directory;

/**
 * A profile and which version of it this is.
 *
 * @param version what its ETag is made of
 */
public record ProfileVersion(long version, ProfileView profile) {}
