package io.tradosphere.profile.stats;

import static io.tradosphere.platform.inbox.Delivery.column;
import static io.tradosphere.platform.inbox.Delivery.sequences;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.FollowEvent;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.inbox.Batch;
import io.tradosphere.platform.inbox.Delivery;
import io.tradosphere.platform.inbox.Effect;
import io.tradosphere.profile.achievement.Awards;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * followerCount, moved by who follows whom: one UPDATE a profile and batch, so a star's row is locked once for a thousand follows.
 *
 * <p>The topic is compacted and outlives any inbox, so events are not counted; what counts is the change each makes to the last
 * known state of its pair. A repeated, late or replayed event makes none.
 */
@ApplicationScoped
class FollowerCounts implements Effect<FollowEvent> {

    /**
     * An event about somebody who has gone in the meantime is taken for the pair's end, and leaves no row behind where there is
     * none, nor where the row is being forgotten at this moment: their follows were uncounted with them. Profiles are locked against going until this is committed, so that whoever
     * goes finds every row to forget. Of two lives of the followed person only the present one's count moves. Rows are locked in
     * the order of their keys, so two replicas cannot deadlock.
     */
    private static final String COUNT = """
            WITH present AS MATERIALIZED (
              SELECT id, incarnation FROM profiles WHERE id = ANY($1::uuid[] || $2::uuid[]) ORDER BY id FOR KEY SHARE
            ), told AS (
              SELECT event.*,
                     (event.follower_id, event.follower_incarnation) IN (SELECT id, incarnation FROM present)
                     AND (event.following_id, event.following_incarnation) IN (SELECT id, incarnation FROM present)
                       AS both_present
              FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::boolean[], $6::bigint[])
                AS event(follower_id, following_id, follower_incarnation, following_incarnation, active, sequence)
            ), moved AS (
              INSERT INTO follow_edges AS known
                (follower_id, following_id, follower_incarnation, following_incarnation, active, sequence)
              SELECT follower_id, following_id, follower_incarnation, following_incarnation, active, sequence
              FROM told WHERE both_present ORDER BY follower_id, following_id
              ON CONFLICT (follower_id, following_id) DO UPDATE SET
                follower_incarnation = EXCLUDED.follower_incarnation, following_incarnation = EXCLUDED.following_incarnation,
                active = EXCLUDED.active, sequence = EXCLUDED.sequence, updated_at = now()
              WHERE known.sequence < EXCLUDED.sequence
              RETURNING new.following_id, new.following_incarnation,
                new.active::int - coalesce(old.active AND old.following_incarnation = new.following_incarnation, false)::int AS by
            ), ended AS (
              UPDATE follow_edges known SET
                follower_incarnation = told.follower_incarnation, following_incarnation = told.following_incarnation,
                active = false, sequence = told.sequence, updated_at = now()
              FROM told
              WHERE NOT told.both_present AND known.follower_id = told.follower_id AND known.following_id = told.following_id
                AND known.sequence < told.sequence
              RETURNING new.following_id, new.following_incarnation,
                - (old.active AND old.following_incarnation = new.following_incarnation)::int AS by
            ), sums AS (
              SELECT following_id, following_incarnation, sum(by) AS by
              FROM (SELECT * FROM moved UNION ALL SELECT * FROM ended) AS changes GROUP BY 1, 2 HAVING sum(by) <> 0
            ), locked AS MATERIALIZED (
              SELECT s.profile_id, sums.by
              FROM profile_stats s JOIN sums ON s.profile_id = sums.following_id AND s.incarnation = sums.following_incarnation
              ORDER BY s.profile_id FOR UPDATE OF s
            )
            UPDATE profile_stats s SET follower_count = s.follower_count + locked.by, updated_at = now()
            FROM locked WHERE s.profile_id = locked.profile_id
            RETURNING s.profile_id
            """;

    private final Awards awards;
    private final Ranking ranking;

    FollowerCounts(Awards awards, Ranking ranking) {
        this.awards = awards;
        this.ranking = ranking;
    }

    @Override
    public String purpose() {
        return "follower-counts";
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
        return tx.execute(
                        COUNT,
                        column(told, FollowEvent::followerId, UUID[]::new),
                        column(told, FollowEvent::followingId, UUID[]::new),
                        column(told, FollowEvent::followerIncarnation, Long[]::new),
                        column(told, FollowEvent::followingIncarnation, Long[]::new),
                        column(told, event -> event.sign() > 0, Boolean[]::new),
                        sequences(told))
                .map(rows -> Rows.list(rows, row -> row.getUUID(0)).toArray(UUID[]::new))
                .chain(moved -> moved.length == 0
                        ? Uni.createFrom().voidItem()
                        : Uni.join()
                                .all(ranking.outdated(tx, moved), awards.evaluate(tx, moved))
                                .andFailFast()
                                .replaceWithVoid());
    }
}
