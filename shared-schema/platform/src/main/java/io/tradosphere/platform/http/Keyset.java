package io.tradosphere.platform.http;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A keyset: the sort key after which a page of a list begins. The first page has a key beyond every row, so a statement always binds
 * both parts. Any cached plan then scans the index range from there, and every page costs the same.
 *
 * @param key the first part of the sort key
 * @param id the second part, which makes the sort key unique
 */
public record Keyset<K>(K key, UUID id) {

    /** Less than every id. */
    public static final UUID LOWEST_ID = new UUID(0, 0);

    private static final UUID HIGHEST_ID = new UUID(-1, -1);

    /**
     * For {@code (time, id) < ($1, $2) ORDER BY time DESC, id DESC}.
     *
     * @throws Problem {@code invalid-cursor} (400)
     */
    public static Keyset<OffsetDateTime> newestFirst(PageRequest page) {
        return byTime(page, new Keyset<>(Cursor.LATEST.atOffset(ZoneOffset.UTC), HIGHEST_ID));
    }

    /**
     * For {@code (time, id) > ($1, $2) ORDER BY time, id}.
     *
     * @throws Problem {@code invalid-cursor} (400)
     */
    public static Keyset<OffsetDateTime> oldestFirst(PageRequest page) {
        return byTime(page, new Keyset<>(Cursor.EARLIEST.atOffset(ZoneOffset.UTC), LOWEST_ID));
    }

    /**
     * For {@code (number, id) < ($1, $2) ORDER BY number DESC, id DESC}.
     *
     * @throws Problem {@code invalid-cursor} (400)
     */
    public static Keyset<Long> highestFirst(PageRequest page) {
        return byNumber(page, new Keyset<>(Long.MAX_VALUE, HIGHEST_ID));
    }

    /**
     * For {@code (number, id) > ($1, $2) ORDER BY number, id}, with numbers from 1.
     *
     * @throws Problem {@code invalid-cursor} (400)
     */
    public static Keyset<Long> lowestFirst(PageRequest page) {
        return byNumber(page, new Keyset<>(0L, LOWEST_ID));
    }

    /**
     * For {@code id < $1 ORDER BY id DESC}, with ids that grow with time.
     *
     * @throws Problem {@code invalid-cursor} (400)
     */
    public static UUID newestIdFirst(PageRequest page) {
        return page.after(1).map(cursor -> cursor.uuid(0)).orElse(HIGHEST_ID);
    }

    private static Keyset<OffsetDateTime> byTime(PageRequest page, Keyset<OffsetDateTime> first) {
        return page.after(2)
                .map(cursor -> new Keyset<>(cursor.instant(0).atOffset(ZoneOffset.UTC), cursor.uuid(1)))
                .orElse(first);
    }

    private static Keyset<Long> byNumber(PageRequest page, Keyset<Long> first) {
        return page.after(2)
                .map(cursor -> new Keyset<>(cursor.number(0), cursor.uuid(1)))
                .orElse(first);
    }
}
