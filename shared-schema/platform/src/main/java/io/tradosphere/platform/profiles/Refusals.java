package io.tradosphere.platform.profiles;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;

/** Problems that depend on the profile replica, and may disappear once it is refreshed. */
public final class Refusals {

    private Refusals() {}

    /** The problem of a caller who has no profile. */
    public static Problem noProfile() {
        return ProblemKind.PROFILE_REQUIRED.because("Make a profile first, with POST /v1/profiles.");
    }

    /** The problem of a profile that does not exist. */
    public static Problem unknown() {
        return ProblemKind.UNKNOWN_PROFILE.because("No profile has this id.");
    }
}
