package io.tradosphere.platform.http;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Maps resource versions to entity tags. A body with counters has a weak tag {@code W/"<version>.<counters>"}. {@code If-None-Match}
 * compares the whole tag, {@code If-Match} the version alone, so a counter never makes an edit stale. The latter deviates from RFC
 * 9110, which never matches weak tags.
 */
public final class Etags {

    private static final String ANY = "*";

    private Etags() {}

    /** The strong tag of a version. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The weak tag of a version whose body also shows values that do not change the version.
     *
     * @param counters the shown values, such as counters; their text is hashed
     */
    public static String of(long version, Object... counters) {
        return "W/\"" + version + "." + hash(Arrays.deepToString(counters)) + "\"";
    }

    /** Whether {@code If-None-Match} names this tag, by weak comparison. */
    static boolean matches(String ifNoneMatch, String tag) {
        return tag != null
                && (ifNoneMatch.strip().equals(ANY)
                        || opaque(ifNoneMatch).anyMatch(opaque(tag).findFirst().orElse("")::equals));
    }

    /**
     * Checks the precondition of an edit: {@code If-Match} is absent, {@code *} or a list with this version.
     *
     * @param ifMatch the header's value; null when absent
     * @throws Problem {@code stale} (412)
     */
    public static void require(String ifMatch, long version) {
        if (ifMatch == null || ifMatch.strip().equals(ANY)) {
            return;
        }
        String current = String.valueOf(version);
        boolean matches = opaque(ifMatch)
                .map(tag -> tag.contains(".") ? tag.substring(0, tag.indexOf('.')) : tag)
                .anyMatch(current::equals);
        if (!matches) {
            throw ProblemKind.STALE.because(
                    "Read it again, apply your change to what you find, and send that version's ETag.");
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** The tags of a list without {@code W/} and quotes; a malformed tag is left out. */
    private static Stream<String> opaque(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .filter(tag -> tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\""))
                .map(tag -> tag.substring(1, tag.length() - 1));
    }
}
