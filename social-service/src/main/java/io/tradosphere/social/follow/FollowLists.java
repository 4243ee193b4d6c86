package io.tradosphere.social.follow;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.tradosphere.platform.profiles.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Reads follows. */
@ApplicationScoped
class FollowLists {

    private static final String FOLLOWERS = "SELECT " + ProfileSummary.COLUMNS + """
            , f.created_at
            FROM follows f JOIN profiles p ON p.id = f.follower_id
            WHERE f.following_id = $1
              AND (f.created_at, f.follower_id) < ($2, $3)
            ORDER BY f.created_at DESC, f.follower_id DESC LIMIT $4
            """;

    private static final String FOLLOWING = "SELECT " + ProfileSummary.COLUMNS + """
            , f.created_at
            FROM follows f JOIN profiles p ON p.id = f.following_id
            WHERE f.follower_id = $1
              AND (f.created_at, f.following_id) < ($2, $3)
            ORDER BY f.created_at DESC, f.following_id DESC LIMIT $4
            """;
    private static final String RELATION = """
            SELECT EXISTS (SELECT FROM follows WHERE follower_id = $1 AND following_id = $2) AS following,
                   EXISTS (SELECT FROM follows WHERE follower_id = $2 AND following_id = $1) AS followed_by
            """;

    private final SliceDatabase slice;
    private final Profiles profiles;

    FollowLists(SliceDatabase slice, Profiles profiles) {
        this.slice = slice;
        this.profiles = profiles;
    }

    /**
     * The followers of a profile, newest first.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<Page<FollowView>> followers(UUID person, PageRequest page) {
        return list(FOLLOWERS, person, page);
    }

    /**
     * The profiles that a profile follows, newest first.
     *
     * @throws Problem {@code unknown-profile} (404)
     */
    Uni<Page<FollowView>> following(UUID person, PageRequest page) {
        return list(FOLLOWING, person, page);
    }

    /**
     * The follows between the caller and another profile.
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
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.publicRead(sql, person, from.key(), from.id(), page.rows())
                .map(rows -> Rows.list(rows, FollowView::of))
                .call(found -> requireWhenEmpty(person, found))
                .map(found -> page.page(
                        found,
                        last -> Cursor.after(last.followedAt(), last.person().profileId())));
    }

    /** A profile with follows exists, so only an empty list needs the check. */
    private Uni<Void> requireWhenEmpty(UUID person, List<FollowView> found) {
        return found.isEmpty() ? profiles.require(person) : Uni.createFrom().voidItem();
    }
}
