package io.tradosphere.competition.participation;

import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of competitions' participant counts. */
@ApplicationScoped
class ParticipantCountReconciliation implements Reconciled {

    private static final String COMPARE = """
            SELECT c.id, jsonb_build_object('participant_count', count(p.id)) AS expected,
              jsonb_build_object('participant_count', c.participant_count) AS actual
            FROM competitions c LEFT JOIN competition_participants p ON p.competition_id = c.id AND p.status <> 'withdrawn'
            WHERE {c.id} GROUP BY c.id
            """;
    private static final String LOCK = "SELECT FROM competitions WHERE {id} ORDER BY id FOR UPDATE";
    private static final String RECOUNT = """
            UPDATE competitions c SET participant_count = (
              SELECT count(*) FROM competition_participants p WHERE p.competition_id = c.id AND p.status <> 'withdrawn')
            WHERE {c.id}
            """;

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(DerivedValue.ofTransaction(
                "competitions.participant_count",
                Set.of("competitions.participant_count"),
                COMPARE,
                List.of(LOCK),
                List.of(RECOUNT)));
    }
}
