package io.tradosphere.social.follow;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The erasure of follows, which end. The end of one that the person made is published as an event. Of those made by others
 * only the key ends, because no count changes.
 */
@ApplicationScoped
class FollowErasure implements FeatureErasure {

    /** Per direction; a statement changes at most twice as many rows. */
    private static final int BATCH_SIZE = 1_000;

    private static final String END_FOLLOWS = """
            WITH batch AS MATERIALIZED (
              (SELECT follower_id, following_id FROM follows
               WHERE follower_id = $1 AND follower_incarnation <= $2 LIMIT $3)
              UNION ALL
              (SELECT follower_id, following_id FROM follows
               WHERE following_id = $1 AND following_incarnation <= $2 LIMIT $3)
            ), ended AS (
              DELETE FROM follows f USING batch
              WHERE f.follower_id = batch.follower_id AND f.following_id = batch.following_id
              RETURNING f.follower_id, f.follower_incarnation, f.following_id, f.following_incarnation,
                NULL::text AS traceparent, f.follower_id = $1 AS with_event
            ), published AS (
            """ + FollowEvents.PUBLISH_ENDED + """
            )
            SELECT count(*) AS found FROM batch
            """;

    @Override
    public int order() {
        return 2;
    }

    /** Others may follow the person meanwhile, so a batch that is not full is the last. */
    @Override
    public List<ErasureStep> steps() {
        return List.of(ErasureStep.by(
                        (tx, person, incarnation) -> tx.execute(END_FOLLOWS, person, incarnation, BATCH_SIZE)
                                .map(rows -> rows.iterator().next().getLong("found") >= BATCH_SIZE))
                .covering("follows.follower_id", "follows.following_id"));
    }
}
