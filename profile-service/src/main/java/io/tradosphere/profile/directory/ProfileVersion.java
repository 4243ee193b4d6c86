package io.tradosphere.profile.directory;

import io.tradosphere.platform.http.Etags;

/**
 * A profile and its version.
 *
 * @param version the value behind its owner's ETag
 */
public record ProfileVersion(long version, ProfileView profile) {

    /** The version that others see: the true one changes with settings that only the owner may know. */
    private static final long UNDISCLOSED = 0;

    /** The entity tag of the profile as it is shown. */
    public String etag() {
        return Etags.of(profile.stealthMode() == null ? UNDISCLOSED : version, profile);
    }
}
