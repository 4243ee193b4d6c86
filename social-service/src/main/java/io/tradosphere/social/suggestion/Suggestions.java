package io.tradosphere.social.suggestion;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.PersonView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Friends of friends, most shared first. */
@ApplicationScoped
class Suggestions {

    /**
     * How many of the caller's latest follows are asked, and how many of the latest of each: at most their product is counted,
     * however many the caller follows.
     */
    private static final int WIDTH = 100;

    /** NOT IN rather than NOT EXISTS: it is one hash table, whatever the planner expects of the parts before it. */
    private static final String SUGGEST = """
            WITH friends AS MATERIALIZED (
              SELECT following_id AS id FROM follows WHERE follower_id = $1
              ORDER BY created_at DESC, following_id DESC LIMIT $2
            ), left_out AS MATERIALIZED (
              SELECT following_id AS id FROM follows WHERE follower_id = $1
              UNION ALL SELECT blocked_id FROM blocks WHERE blocker_id = $1
              UNION ALL SELECT blocker_id FROM blocks WHERE blocked_id = $1
              UNION ALL SELECT $1
            ), candidates AS MATERIALIZED (
              SELECT theirs.following_id AS id, count(*) AS shared
              FROM friends CROSS JOIN LATERAL (
                SELECT following_id FROM follows WHERE follower_id = friends.id
                ORDER BY created_at DESC, following_id DESC LIMIT $2
              ) AS theirs
              WHERE theirs.following_id NOT IN (SELECT id FROM left_out)
              GROUP BY theirs.following_id
            ), ranked AS MATERIALIZED (
              SELECT id, shared FROM candidates
              WHERE shared < coalesce($3, 9223372036854775807) OR (shared = $3 AND id > $4)
              ORDER BY shared DESC, id LIMIT $5
            )
            SELECT ranked.shared, %s
            FROM ranked JOIN profiles p ON p.id = ranked.id
            ORDER BY ranked.shared DESC, ranked.id
            """.formatted(PersonView.COLUMNS);

    private final Slice slice;

    Suggestions(Slice slice) {
        this.slice = slice;
    }

    /** Whom the caller might want to follow. As the caller, since a block hides whoever it is between. */
    Uni<Page<Suggestion>> list(Caller caller, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        Long shared = after.map(cursor -> cursor.number(0)).orElse(null);
        UUID id = after.map(cursor -> cursor.uuid(1)).orElse(null);
        return slice.read(caller, SUGGEST, caller.id(), WIDTH, shared, id, page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, Suggestion::of),
                        last -> Cursor.after(last.shared(), last.person().profileId())));
    }
}
