package io.tradosphere.platform.http;

import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A page request: the limit and the cursor of a list. */
public final class PageRequest {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

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
     * @param cursor {@code nextCursor} of the previous page; null or empty for the first page
     * @throws Problem {@code invalid-request} (400)
     */
    public static PageRequest of(String limit, String cursor) {
        return new PageRequest(limit == null ? DEFAULT_LIMIT : limit(limit), cursor);
    }

    /** The maximum number of items. */
    public int limit() {
        return limit;
    }

    /** The number of rows to read: one more than the limit, to detect a next page. */
    public int rows() {
        return limit + 1;
    }

    /** Whether this is the first page of the list. */
    public boolean isFirst() {
        return cursor == null || cursor.isEmpty();
    }

    /**
     * The cursor to continue from; empty for the first page.
     *
     * @param parts the number of parts of the list's sort key
     */
    public Optional<Cursor> after(int parts) {
        return isFirst() ? Optional.empty() : Optional.of(Cursor.parse(cursor, parts));
    }

    /**
     * Builds the page.
     *
     * @param found up to {@link #rows()} items
     * @param cursorAfter maps an item to the cursor that continues after it
     */
    public <T> Page<T> page(List<T> found, Function<T, String> cursorAfter) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, cursorAfter.apply(items.get(limit - 1)));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        String message = "is a whole number from 1 to " + MAX_LIMIT;
        throw ProblemKind.INVALID_REQUEST.because("limit " + message + ".", List.of(new Violation("limit", message)));
    }
}
