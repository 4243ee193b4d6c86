package io.tradosphere.platform.http;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A cursor for keyset pagination: the sort key of the last item of a page. Opaque to clients. A malformed cursor, or one of another
 * list, is refused.
 */
public final class Cursor {

    private static final String SEPARATOR = "\n";
    /** The range of instants is limited: a {@code timestamptz} column holds less than {@link Instant}. */
    static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final String[] parts;

    private Cursor(String[] parts) {
        this.parts = parts;
    }

    /** The cursor after an item with this sort key. */
    public static String after(Object... sortKey) {
        StringBuilder text = new StringBuilder();
        for (Object part : sortKey) {
            text.append(text.isEmpty() ? "" : SEPARATOR).append(part);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Parses a cursor with this number of parts.
     *
     * @throws Problem {@code invalid-cursor} (400)
     */
    static Cursor parse(String text, int parts) {
        try {
            String decoded =
                    new String(Base64.getUrlDecoder().decode(CursorSigner.payload(text)), StandardCharsets.UTF_8);
            String[] found = decoded.split(SEPARATOR, -1);
            if (found.length != parts || decoded.indexOf('\0') >= 0) {
                throw invalid();
            }
            return new Cursor(found);
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    /** The part at an index, as an instant. */
    public Instant instant(int index) {
        try {
            Instant instant = Instant.parse(parts[index]);
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw invalid();
            }
            return instant;
        } catch (DateTimeException other) {
            throw invalid();
        }
    }

    /** The part at an index, as a UUID. */
    public UUID uuid(int index) {
        try {
            return UUID.fromString(parts[index]);
        } catch (IllegalArgumentException other) {
            throw invalid();
        }
    }

    /** The part at an index, as an integer. */
    public long number(int index) {
        try {
            return Long.parseLong(parts[index]);
        } catch (NumberFormatException other) {
            throw invalid();
        }
    }

    /** The part at an index, as text. */
    public String text(int index) {
        return parts[index];
    }

    static Problem invalid() {
        return ProblemKind.INVALID_CURSOR.because(
                "Take the cursor from nextCursor of the page before, with the same filters.");
    }
}
