package io.tradosphere.signal.engagement;

import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of the counts of reactions, comments and views. */
@ApplicationScoped
class EngagementReconciliation implements Reconciled {

    private static final String COMPARE = """
            SELECT s.id,
              jsonb_build_object('like_count', coalesce(e.likes, 0), 'comment_count', coalesce(c.comments, 0),
                'view_count', coalesce(v.views, 0)) AS expected,
              jsonb_build_object('like_count', s.like_count, 'comment_count', s.comment_count, 'view_count', s.view_count) AS actual
            FROM signals s
            LEFT JOIN (SELECT signal_id, count(*) AS likes FROM signal_engagement WHERE {signal_id} GROUP BY 1) AS e ON e.signal_id = s.id
            LEFT JOIN (SELECT signal_id, count(*) AS comments FROM signal_comments WHERE {signal_id} GROUP BY 1) AS c
              ON c.signal_id = s.id
            LEFT JOIN (SELECT signal_id, sum(views) AS views FROM signal_views WHERE {signal_id} GROUP BY 1) AS v ON v.signal_id = s.id
            WHERE {s.id}
            """;

    /**
     * A table lock. Row locks cannot exclude new reactions without excluding the consumer. Requests take this lock before any row
     * lock, so a waiting request holds nothing that the consumer needs.
     */
    private static final String LOCK =
            "LOCK TABLE signal_engagement, signal_comments, signal_views IN SHARE ROW EXCLUSIVE MODE";

    private static final String RECOUNT = """
            UPDATE signals s SET like_count = (c.expected ->> 'like_count')::bigint,
              comment_count = (c.expected ->> 'comment_count')::bigint, view_count = (c.expected ->> 'view_count')::bigint
            FROM (%s) AS c WHERE c.id = s.id
            """.formatted(COMPARE);

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(DerivedValue.ofEvents(
                "signals.like_count, comment_count, view_count",
                Set.of("signals.like_count", "signals.comment_count", "signals.view_count"),
                COMPARE,
                new DerivedValue.OwnEvents(EngagementCounts.TOPICS, EngagementCounts.PURPOSE),
                List.of(LOCK),
                List.of(RECOUNT)));
    }
}
