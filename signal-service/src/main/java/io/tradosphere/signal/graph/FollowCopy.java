package io.tradosphere.signal.graph;

import static io.tradosphere.platform.inbox.Delivery.column;
import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who follows whom, how many follow each creator, and who of those is a star. The last word on each pair counts, so that a repeated,
 * late or replayed event changes nothing.
 */
@ApplicationScoped
class FollowCopy implements Effect<FollowEvent> {

    /**
     * An event about a life that has ended is taken for the pair's end, and makes no row. A follow that begins,
     * or that another life takes over, is read from signals until its creator's are in the timeline; see V014. A star stays one
     * until a fifth of the followers that make one are gone: somebody at the border does not go to and fro.
     */
    private static final String COPY = """
            WITH told AS (
              SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::boolean[], $6::bigint[])
                AS event (one, other, one_incarnation, other_incarnation, active, sequence)
            ), %s, moved AS (
              INSERT INTO follows AS known
                (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
              SELECT one, other, active, one_incarnation, other_incarnation, sequence FROM lives
              WHERE NOT past ORDER BY one, other
              ON CONFLICT (follower_id, following_id) DO UPDATE SET
                is_following = EXCLUDED.is_following, follower_incarnation = EXCLUDED.follower_incarnation,
                following_incarnation = EXCLUDED.following_incarnation, sequence = EXCLUDED.sequence,
                merged_until = CASE
                  WHEN EXCLUDED.is_following AND known.follower_incarnation = EXCLUDED.follower_incarnation
                    AND known.following_incarnation = EXCLUDED.following_incarnation THEN known.merged_until
                  ELSE 'infinity' END,
                has_leftovers = known.has_leftovers OR known.merged_until < 'infinity'
              WHERE known.sequence < EXCLUDED.sequence
              RETURNING new.following_id, new.is_following::int - coalesce(old.is_following, false)::int AS by
            ), ended_lives AS (
              UPDATE follows known SET
                is_following = false, follower_incarnation = lives.one_incarnation,
                following_incarnation = lives.other_incarnation, sequence = lives.sequence,
                merged_until = 'infinity', has_leftovers = known.has_leftovers OR known.merged_until < 'infinity'
              FROM lives
              WHERE lives.past AND known.follower_id = lives.one AND known.following_id = lives.other
                AND known.sequence < lives.sequence
              RETURNING new.following_id, - old.is_following::int AS by
            ), sums AS (
              SELECT following_id, sum(by) AS by FROM (SELECT * FROM moved UNION ALL SELECT * FROM ended_lives) AS changes
              GROUP BY following_id
            )
            INSERT INTO creators AS c (id, follower_count, starred_at, settled)
            SELECT following_id, by, CASE WHEN by >= $7 THEN now() END, false FROM sums
            WHERE by > 0 OR EXISTS (SELECT FROM creators known WHERE known.id = sums.following_id)
            ORDER BY following_id
            ON CONFLICT (id) DO UPDATE SET
              follower_count = greatest(c.follower_count + EXCLUDED.follower_count, 0),
              starred_at = CASE
                WHEN c.follower_count + EXCLUDED.follower_count >= $7 THEN coalesce(c.starred_at, now())
                WHEN c.follower_count + EXCLUDED.follower_count >= $7 * 4 / 5 THEN c.starred_at END,
              settled = false
            """.formatted(Pairs.LIVES);

    private final long starFollowers;

    FollowCopy(@ConfigProperty(name = "tradosphere.feed.star-followers") long starFollowers) {
        this.starFollowers = starFollowers;
    }

    @Override
    public String purpose() {
        return "follows";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.FOLLOWS);
    }

    @Override
    public Once once() {
        return Once.BY_SEQUENCE;
    }

    @Override
    public Uni<Void> apply(Tx tx, Batch<FollowEvent> batch) {
        // A tombstone only says that the unfollow before it may be forgotten.
        List<Delivery<FollowEvent>> told = batch.latestEventPerKey();
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        UUID[] followed = column(told, FollowEvent::followingId, UUID[]::new);
        return Pairs.lockCreators(tx, followed)
                .chain(() -> tx.execute(
                        COPY,
                        column(told, FollowEvent::followerId, UUID[]::new),
                        followed,
                        column(told, FollowEvent::followerIncarnation, Long[]::new),
                        column(told, FollowEvent::followingIncarnation, Long[]::new),
                        column(told, event -> event.sign() > 0, Boolean[]::new),
                        sequences(told),
                        starFollowers))
                .replaceWithVoid();
    }
}
