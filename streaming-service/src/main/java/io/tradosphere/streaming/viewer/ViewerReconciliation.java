package io.tradosphere.streaming.viewer;

import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of streams' counts with their viewers. The peak is what a count once was; nothing can tell it again. */
@ApplicationScoped
class ViewerReconciliation implements Reconciled {

    private static final String COMPARE = """
            SELECT s.id,
              jsonb_build_object('current_viewers', count(v.id) FILTER (WHERE v.left_at IS NULL AND s.status = 'live'),
                'total_viewers', count(v.id)) AS expected,
              jsonb_build_object('current_viewers', s.current_viewers, 'total_viewers', s.total_viewers) AS actual
            FROM streams s LEFT JOIN stream_viewers v ON v.stream_id = s.id
            WHERE {s.id} GROUP BY s.id
            """;
    private static final String LOCK = "SELECT FROM streams WHERE {id} ORDER BY id FOR UPDATE";
    private static final String RECOUNT = """
            UPDATE streams s SET current_viewers = correct.current, total_viewers = correct.total,
              peak_viewers = least(greatest(s.peak_viewers, correct.current), correct.total)
            FROM (SELECT id, (expected ->> 'current_viewers')::bigint AS current, (expected ->> 'total_viewers')::bigint AS total
              FROM (%s) AS compared) AS correct
            WHERE correct.id = s.id
            """.formatted(COMPARE);

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(DerivedValue.ofTransaction(
                "streams.current_viewers, total_viewers",
                Set.of("streams.current_viewers", "streams.total_viewers"),
                COMPARE,
                List.of(LOCK),
                List.of(RECOUNT)));
    }
}
