package io.tradosphere.signal.feed;

import io.tradosphere.platform.db.Rows;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * That a signal is in a feed: its counters, and of which version the rest is.
 *
 * @param version of all that the signal itself says
 * @param creatorSequence of the event that told last how its creator appears
 */
record FeedEntry(
        UUID id,
        Instant postedAt,
        long version,
        long creatorSequence,
        long viewCount,
        long likeCount,
        long commentCount) {

    /** What {@link #of} reads of signals {@code s}, but for {@link #CREATOR}; and by what to find their creators. */
    static final String COLUMNS =
            "s.posted_at, s.id, s.creator_id, s.version, s.view_count, s.like_count, s.comment_count";

    /** What it reads of their creators, profiles {@code p}. */
    static final String CREATOR = "p.sequence AS creator_sequence";

    /** A row of {@link #COLUMNS} and {@link #CREATOR}. */
    static FeedEntry of(Row row) {
        return new FeedEntry(
                row.getUUID("id"),
                Rows.instant(row, "posted_at"),
                row.getLong("version"),
                row.getLong("creator_sequence"),
                row.getLong("view_count"),
                row.getLong("like_count"),
                row.getLong("comment_count"));
    }

    /** The signal as it is now. */
    SignalView shown(SignalView known) {
        return known.counting(viewCount, likeCount, commentCount);
    }
}
