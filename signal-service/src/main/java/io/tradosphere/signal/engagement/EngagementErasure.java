package io.tradosphere.signal.engagement;

import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.signal.CommentRemoved;
import io.tradosphere.contracts.signal.Reaction;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.signal.view.Audiences;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Erases a person's reactions and comments on signals of others. The events lower the counters. */
@ApplicationScoped
class EngagementErasure implements FeatureErasure {

    private static final int AT_ONCE = 1_000;

    private static final String REACTIONS = """
            WITH batch AS MATERIALIZED (
              SELECT signal_id, user_id FROM signal_engagement
              WHERE user_id = $1 AND created_at < %s ORDER BY signal_id LIMIT $3 FOR UPDATE)
            DELETE FROM signal_engagement e USING signals s, batch b
            WHERE s.id = e.signal_id AND (e.signal_id, e.user_id) = (b.signal_id, b.user_id)
            RETURNING e.signal_id, s.creator_id, s.incarnation AS creator_incarnation, s.is_public, e.reaction_type, now() AS removed_at
            """.formatted(ErasureStep.END_OF_LIFE);
    private static final String COMMENTS = """
            DELETE FROM signal_comments c USING signals s
            WHERE s.id = c.signal_id AND c.id = ANY (ARRAY(
              SELECT id FROM signal_comments WHERE author_id = $1 AND created_at < %s ORDER BY id LIMIT $3 FOR UPDATE))
            RETURNING c.signal_id, s.creator_id, s.incarnation AS creator_incarnation, s.is_public, c.id, now() AS removed_at
            """.formatted(ErasureStep.END_OF_LIFE);

    private static final List<ErasureStep> STEPS = List.of(
            ErasureStep.told(REACTIONS, AT_ONCE, EngagementErasure::reactionRemoved)
                    .covering("signal_engagement.user_id"),
            ErasureStep.told(COMMENTS, AT_ONCE, EngagementErasure::commentRemoved)
                    .covering("signal_comments.author_id"));

    @Override
    public int order() {
        return 2;
    }

    @Override
    public List<ErasureStep> steps() {
        return STEPS;
    }

    private static Event reactionRemoved(Row row, UUID person, long incarnation) {
        ReactionRemoved removed = new ReactionRemoved(
                row.getUUID("signal_id"),
                row.getUUID("creator_id"),
                row.getLong("creator_incarnation"),
                person,
                incarnation,
                EnumText.parse(Reaction.class, row.getString("reaction_type")),
                Rows.instant(row, "removed_at"));
        return Audiences.announced(row, removed);
    }

    private static Event commentRemoved(Row row, UUID person, long incarnation) {
        CommentRemoved removed = new CommentRemoved(
                row.getUUID("signal_id"),
                row.getUUID("creator_id"),
                row.getLong("creator_incarnation"),
                row.getUUID("id"),
                person,
                incarnation,
                Rows.instant(row, "removed_at"));
        return Audiences.announced(row, removed);
    }
}
