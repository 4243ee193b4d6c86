package io.tradosphere.profile.directory;

import io.tradosphere.contracts.Tier;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The filter and order of a list of profiles.
 *
 * @param tier only this tier; null for all
 * @param prefix a LIKE pattern of usernames and display names, lower case; null for all
 */
record ProfileFilter(String tier, String prefix, Sort sort) {

    private static final int MAX_PREFIX_LENGTH = 80;

    enum Sort {
        FOLLOWERS,
        NEWEST,
        ACTIVE
    }

    /**
     * Reads the query parameters.
     *
     * @throws Problem {@code invalid-request} (400)
     */
    static ProfileFilter of(String tier, String prefix, String sort) {
        return new ProfileFilter(tier(tier), prefix(prefix), sort(sort));
    }

    private static String tier(String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(Tier.values())
                .map(EnumText::of)
                .filter(text::equals)
                .findFirst()
                .orElseThrow(() -> invalid(
                        "tier",
                        "is one of "
                                + Arrays.stream(Tier.values()).map(EnumText::of).collect(Collectors.joining(", "))));
    }

    private static String prefix(String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > MAX_PREFIX_LENGTH || text.indexOf('\0') >= 0) {
            throw invalid("q", "has at most " + MAX_PREFIX_LENGTH + " characters");
        }
        return text.toLowerCase(Locale.ROOT)
                        .replace("\\", "\\\\")
                        .replace("%", "\\%")
                        .replace("_", "\\_") + "%";
    }

    private static Sort sort(String text) {
        if (text == null) {
            return Sort.NEWEST;
        }
        return Arrays.stream(Sort.values())
                .filter(sort -> sort.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> invalid("sort", "is one of followers, newest, active"));
    }

    private static Problem invalid(String field, String message) {
        return ProblemKind.INVALID_REQUEST.because(field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
