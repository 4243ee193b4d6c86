package io.tradosphere.gateway.route;

/**
 * A validator of raw request paths. It neither decodes nor normalises. It refuses any path that a service could
 * interpret differently from the gateway.
 */
public final class RawPath {

    /** The result of the validation. */
    public enum Verdict {
        /** The path may be looked up in the routing table. */
        GOOD,
        /** The path is ambiguous or malformed. */
        BAD,
        /** The path is never public. */
        HIDDEN
    }

    /** The characters that a URI must not contain unescaped, by code. A fragment is not for servers. */
    private static final boolean[] FORBIDDEN = new boolean[0x7f];

    static {
        for (char c = 0; c <= ' '; c++) {
            FORBIDDEN[c] = true;
        }
        for (char c : "\"#<>\\^`{|}".toCharArray()) {
            FORBIDDEN[c] = true;
        }
    }

    private RawPath() {}

    /**
     * The path and query of a request line, exactly as sent.
     *
     * @param uri the request line's target: a path, or the absolute form that proxies receive
     * @return null when it is neither
     */
    public static String originForm(String uri) {
        if (!uri.isEmpty() && uri.charAt(0) == '/') {
            return uri;
        }
        int authority =
                uri.regionMatches(true, 0, "http://", 0, 7) ? 7 : uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
        if (authority < 0) {
            return null;
        }
        int path = uri.indexOf('/', authority);
        return path < 0 ? "/" : uri.substring(path);
    }

    /** The end of the path in a target, where the query begins, if any. */
    public static int endOf(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target.length() : query;
    }

    /**
     * Validates a target.
     *
     * @param target path and query as sent
     * @param end where the path ends
     */
    public static Verdict judge(String target, int end) {
        int length = target.length();
        boolean hidden = false;
        for (int i = 0; i < length; i++) {
            char c = target.charAt(i);
            boolean inPath = i < end;
            if (c >= FORBIDDEN.length
                    || FORBIDDEN[c]
                    || (c == '%' && !escapeIsHarmless(target, i, inPath ? end : -1))) {
                return Verdict.BAD;
            }
            if (inPath) {
                if (isAmbiguous(target, i, end, c)) {
                    return Verdict.BAD;
                }
                hidden |= c == '/' && (target.startsWith("/q/", i) || target.startsWith("/internal/", i));
            }
        }
        return hidden ? Verdict.HIDDEN : Verdict.GOOD;
    }

    private static boolean isAmbiguous(String target, int at, int end, char c) {
        return switch (c) {
            case '[', ']' -> true;
            case '/' -> at + 1 < end && target.charAt(at + 1) == '/';
            case '.' -> (at + 1 < end && target.charAt(at + 1) == '.') || isWholeSegment(target, at, end);
            default -> false;
        };
    }

    /** Whether a segment is a single dot, apart from path parameters. */
    private static boolean isWholeSegment(String target, int at, int end) {
        return target.charAt(at - 1) == '/'
                && (at + 1 == end || target.charAt(at + 1) == '/' || target.charAt(at + 1) == ';');
    }

    /** @param end where the path ends, or -1 in the query, where any octet is allowed */
    private static boolean escapeIsHarmless(String target, int at, int end) {
        boolean inPath = end >= 0;
        if (at + 2 >= (inPath ? end : target.length())) {
            return false;
        }
        int high = Character.digit(target.charAt(at + 1), 16);
        int low = Character.digit(target.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            return false;
        }
        int octet = high << 4 | low;
        return !inPath || (octet != 0 && octet != '.' && octet != '\\');
    }
}
