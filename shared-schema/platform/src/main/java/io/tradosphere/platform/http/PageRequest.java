package io.tradosphere.platform.http;

import io.tradosphere.platform.http.Problem.Violation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which part of a list is asked for. */
public final class PageRequest {

    private static final int DEFAULT_LIMIT = 20;
    private static final int HIGHEST_LIMIT = 100;

    private final int limit;
    private final String cursor;

    private PageRequest(int limit, String cursor) {
        this.limit = limit;
        this.cursor = cursor;
    }

    /**
     * Reads the query parameters of a list.
     *
     * @param limit 1 to 100; null for 20
     * @param cursor {@code nextCursor} of the page before; null or empty for the first page
     * @throws Problem {@code invalid-request} (400)
     */
    public static PageRequest of(String limit, String cursor) {
        return new PageRequest(limit == null ? DEFAULT_LIMIT : limit(limit), cursor);
    }

    /** How many items to show. */
    public int limit() {
        return limit;
    }

    /** How many rows to read: one more than shown says whether there is a next page. */
    public int rows() {
        return limit + 1;
    }

    /**
     * Where to go on, or empty for the first page.
     *
     * @param parts how many parts the list's sort key has
     */
    public Optional<Cursor> after(int parts) {
        return cursor == null || cursor.isEmpty() ? Optional.empty() : Optional.of(Cursor.parse(cursor, parts));
    }

    /**
     * The page.
     *
     * @param found up to {@link #rows()} items
     * @param cursorAfter the cursor that goes on after an item
     */
    public <T> Page<T> page(List<T> found, Function<T, String> cursorAfter) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> shown = found.subList(0, limit);
        return new Page<>(shown, cursorAfter.apply(shown.get(limit - 1)));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= HIGHEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        String message = "is a whole number from 1 to " + HIGHEST_LIMIT;
        throw Problems.INVALID_REQUEST.because("limit " + message + ".", List.of(new Violation("limit", message)));
    }
}
