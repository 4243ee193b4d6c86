package io.tradosphere.signal.feed;

import io.tradosphere.platform.db.Rows;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * An entry of a feed: a signal's id, its counters, and the versions against which a cached signal is checked.
 *
 * @param version the version of the signal without its counters
 * @param isPublic whether it is everybody's; another is never cached
 * @param creatorSequence the sequence of the last event about the creator's profile
 */
record FeedEntry(
        UUID id,
        Instant postedAt,
        long version,
        boolean isPublic,
        long creatorSequence,
        long viewCount,
        long likeCount,
        long commentCount) {

    /**
     * The columns of signals {@code s} that {@link #of} reads, and {@code creator_id}, by which to join the creator.
     */
    static final String COLUMNS =
            "s.posted_at, s.id, s.creator_id, s.version, s.is_public, s.view_count, s.like_count, s.comment_count";

    /** The column of the creators' profiles {@code p} that {@link #of} reads. */
    static final String CREATOR = "p.sequence AS creator_sequence";

    /** A row of {@link #COLUMNS} and {@link #CREATOR}. */
    static FeedEntry of(Row row) {
        return new FeedEntry(
                row.getUUID("id"),
                Rows.instant(row, "posted_at"),
                row.getLong("version"),
                row.getBoolean("is_public"),
                row.getLong("creator_sequence"),
                row.getLong("view_count"),
                row.getLong("like_count"),
                row.getLong("comment_count"));
    }

    /** The cached signal with this entry's counters. */
    SignalView withCounters(SignalView cached) {
        return cached.counting(viewCount, likeCount, commentCount);
    }
}
