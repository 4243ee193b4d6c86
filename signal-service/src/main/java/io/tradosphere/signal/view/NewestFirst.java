package io.tradosphere.signal.view;

import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Where a list of signals, newest first, goes on: before this moment and, of those posted in it, before this id. On the first page
 * that is before the end of time: bounds that are always there, as plain parameters, are the index range in every cached plan.
 */
public record NewestFirst(OffsetDateTime postedBefore, UUID idBefore) {

    /**
     * What stands for the number of rows in the text of a list. As a parameter it would be unknown to a cached plan, which then
     * reckons with a tenth of the table.
     */
    public static final String ROWS = ":rows";

    private static final NewestFirst BEGINNING =
            new NewestFirst(OffsetDateTime.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    /**
     * From where the page is to be read.
     *
     * @throws Problem {@code invalid-cursor} (400)
     */
    public static NewestFirst of(PageRequest page) {
        return page.after(2)
                .map(cursor -> new NewestFirst(cursor.instant(0).atOffset(ZoneOffset.UTC), cursor.uuid(1)))
                .orElse(BEGINNING);
    }

    /** The cursor that goes on after the signal of that id. */
    public static String after(Instant postedAt, UUID id) {
        return Cursor.after(postedAt, id);
    }

    /** The text of a list that reads so many rows as the page needs. */
    public static String sized(String list, PageRequest page) {
        return list.replace(ROWS, Integer.toString(page.rows()));
    }
}
