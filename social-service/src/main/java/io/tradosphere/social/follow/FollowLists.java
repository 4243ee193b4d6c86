package io.tradosphere.social.follow;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.people.PersonView;
import io.tradosphere.platform.people.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who follows whom: the reads. */
@ApplicationScoped
class FollowLists {

    /** Bounds that are always there keep the range scan whatever plan is cached: page 5,000 costs what page 1 costs. */
    private static final String FOLLOWERS = "SELECT " + PersonView.COLUMNS + """
            , f.created_at
            FROM follows f JOIN profiles p ON p.id = f.follower_id
            WHERE f.following_id = $1
              AND (f.created_at, f.follower_id)
                < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            ORDER BY f.created_at DESC, f.follower_id DESC LIMIT $4
            """;

    private static final String FOLLOWING = "SELECT " + PersonView.COLUMNS + """
            , f.created_at
            FROM follows f JOIN profiles p ON p.id = f.following_id
            WHERE f.follower_id = $1
              AND (f.created_at, f.following_id)
                < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
            ORDER BY f.created_at DESC, f.following_id DESC LIMIT $4
            """;
    private static final String RELATION = """
            SELECT EXISTS (SELECT FROM follows WHERE follower_id = $1 AND following_id = $2) AS following,
                   EXISTS (SELECT FROM follows WHERE follower_id = $2 AND following_id = $1) AS followed_by
            """;

    private final Slice slice;
    private final Profiles profiles;

    FollowLists(Slice slice, Profiles profiles) {
        this.slice = slice;
        this.profiles = profiles;
    }

    /**
     * Who follows somebody, newest first.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<Page<FollowView>> followers(UUID person, PageRequest page) {
        return list(FOLLOWERS, person, page);
    }

    /**
     * Whom somebody follows, newest first.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<Page<FollowView>> following(UUID person, PageRequest page) {
        return list(FOLLOWING, person, page);
    }

    /**
     * How the caller and somebody stand.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<Relation> relation(Caller caller, UUID other) {
        return profiles.require(other)
                .chain(() -> slice.publicRead(RELATION, caller.id(), other))
                .map(rows -> rows.iterator().next())
                .map(row -> {
                    boolean following = row.getBoolean("following");
                    boolean followedBy = row.getBoolean("followed_by");
                    return new Relation(following, followedBy, following && followedBy);
                });
    }

    private Uni<Page<FollowView>> list(String sql, UUID person, PageRequest page) {
        Optional<Cursor> after = page.after(2);
        return slice.publicRead(
                        sql,
                        person,
                        after.map(cursor -> cursor.instant(0).atOffset(ZoneOffset.UTC))
                                .orElse(null),
                        after.map(cursor -> cursor.uuid(1)).orElse(null),
                        page.rows())
                .map(rows -> Rows.list(rows, FollowView::of))
                .call(found -> requireWhenEmpty(person, found))
                .map(found -> page.page(
                        found,
                        last -> Cursor.after(last.followedAt(), last.person().profileId())));
    }

    /** Whoever has follows exists; only an empty list leaves the question. */
    private Uni<Void> requireWhenEmpty(UUID person, List<FollowView> found) {
        return found.isEmpty() ? profiles.require(person) : Uni.createFrom().voidItem();
    }
}
