package io.tradosphere.social.block;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The erasure of blocks, which end. The end of one that the person made is published as an event. Of those made by others
 * only the key ends, because no count changes.
 */
@ApplicationScoped
class BlockErasure implements FeatureErasure {

    /** Per direction; a statement changes at most twice as many rows. */
    private static final int BATCH_SIZE = 1_000;

    private static final String END_BLOCKS = """
            WITH batch AS MATERIALIZED (
              (SELECT blocker_id, blocked_id FROM blocks
               WHERE blocker_id = $1 AND blocker_incarnation <= $2 LIMIT $3)
              UNION ALL
              (SELECT blocker_id, blocked_id FROM blocks
               WHERE blocked_id = $1 AND blocked_incarnation <= $2 LIMIT $3)
            ), ended AS (
              DELETE FROM blocks b USING batch
              WHERE b.blocker_id = batch.blocker_id AND b.blocked_id = batch.blocked_id
              RETURNING b.blocker_id, b.blocker_incarnation, b.blocked_id, b.blocked_incarnation,
                NULL::text AS traceparent, b.blocker_id = $1 AS with_event
            ), published AS (
            """ + BlockEvents.PUBLISH_ENDED + """
            )
            SELECT count(*) AS found FROM batch
            """;

    @Override
    public int order() {
        return 3;
    }

    /** Others may block the person meanwhile, so a batch that is not full is the last. */
    @Override
    public List<ErasureStep> steps() {
        return List.of(ErasureStep.by(
                        (tx, person, incarnation) -> tx.execute(END_BLOCKS, person, incarnation, BATCH_SIZE)
                                .map(rows -> rows.iterator().next().getLong("found") >= BATCH_SIZE))
                .covering("blocks.blocker_id", "blocks.blocked_id"));
    }
}
