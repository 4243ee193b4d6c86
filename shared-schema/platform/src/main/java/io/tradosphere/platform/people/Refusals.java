package io.tradosphere.platform.people;

import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;

/** What is refused on the word of the copy of people, and may be allowed once that is up to date. */
public final class Refusals {

    /** The caller's tier is lower than what the call is for. */
    public static final ProblemKind TIER_TOO_LOW =
            new ProblemKind("tier-too-low", 403, "The caller's tier does not allow this");

    private Refusals() {}

    /** The problem of a call that needs a profile its caller does not have. */
    public static Problem noProfile() {
        return Problems.PROFILE_REQUIRED.because("Make a profile first, with POST /v1/profiles.");
    }

    /** The problem of a profile that does not exist. */
    public static Problem unknown() {
        return Problems.UNKNOWN_PROFILE.because("No profile has this id.");
    }
}
