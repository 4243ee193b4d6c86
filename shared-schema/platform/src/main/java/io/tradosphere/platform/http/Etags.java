package io.tradosphere.platform.http;

import java.util.Arrays;

/** Versions of resources as entity tags. */
public final class Etags {

    private Etags() {}

    /** The strong tag of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Lets an edit pass if the caller has seen this version, or does not care.
     *
     * @param ifMatch the header {@code If-Match}; null when the request has none
     * @throws Problem {@code stale} (412)
     */
    public static void require(String ifMatch, long version) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return;
        }
        boolean seen = Arrays.stream(ifMatch.split(",")).map(String::strip).anyMatch(of(version)::equals);
        if (!seen) {
            throw Problems.STALE.because(
                    "Read it again, apply your change to what you find, and send that version's ETag.");
        }
    }
}
