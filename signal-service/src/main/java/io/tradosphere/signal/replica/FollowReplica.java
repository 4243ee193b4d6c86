package io.tradosphere.signal.replica;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.replica.PairTable;
import io.tradosphere.platform.replica.Relations;
import io.tradosphere.platform.replica.Replica;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The replica of follows, with the follower count of each creator and whether the creator is a star. */
@ApplicationScoped
class FollowReplica implements Replica<FollowEvent> {

    /** A new follow is read from signals until its timeline is backfilled; see V014. So is one of a new incarnation. */
    private static final String ON_CHANGE = """
            merged_until = CASE
              WHEN EXCLUDED.is_following AND existing.follower_incarnation = EXCLUDED.follower_incarnation
                AND existing.following_incarnation = EXCLUDED.following_incarnation THEN existing.merged_until
              ELSE 'infinity' END,
            has_leftovers = existing.has_leftovers OR existing.merged_until < 'infinity'
            """;

    private static final String ON_END =
            "merged_until = 'infinity', has_leftovers = existing.has_leftovers OR existing.merged_until < 'infinity'";

    static final String PURPOSE = "follows";

    /**
     * A star loses its status only below four fifths of the threshold {@code %1$d}, so that it does not alternate at the
     * border.
     */
    @IncompleteSql
    private static final String COUNT = """
            INSERT INTO creators AS c (id, follower_count, starred_at, backfilled)
            SELECT id, by, CASE WHEN by >= %1$d THEN now() END, false
            FROM (SELECT other AS id, sum(by) AS by FROM changes GROUP BY other) AS sums
            WHERE by > 0 OR EXISTS (SELECT FROM creators existing WHERE existing.id = sums.id)
            ORDER BY id
            ON CONFLICT (id) DO UPDATE SET
              follower_count = greatest(c.follower_count + EXCLUDED.follower_count, 0),
              starred_at = CASE
                WHEN c.follower_count + EXCLUDED.follower_count >= %1$d THEN coalesce(c.starred_at, now())
                WHEN c.follower_count + EXCLUDED.follower_count >= %1$d * 4 / 5 THEN c.starred_at END,
              backfilled = false
            """;

    private final PairTable<FollowEvent> table;

    FollowReplica(@ConfigProperty(name = "tradosphere.feed.star-followers") long starFollowers) {
        this.table = Relations.follows()
                .onChange(ON_CHANGE)
                .onEnd(ON_END)
                .counting(COUNT.formatted(starFollowers))
                .keptWhile("has_leftovers")
                .build();
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.FOLLOWS);
    }

    @Override
    public PairTable<FollowEvent> table() {
        return table;
    }

    @Override
    public Uni<Void> beforeChange(Tx tx, List<Delivery<FollowEvent>> latest) {
        return Creators.lock(tx, Delivery.column(latest, FollowEvent::followingId, UUID[]::new));
    }

    /** After the person's signals. */
    @Override
    public int order() {
        return 5;
    }

    @Override
    public List<ErasureStep> steps() {
        return FollowErasure.STEPS;
    }
}
