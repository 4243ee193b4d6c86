package io.tradosphere.signal.trade.journal;

import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.tradosphere.platform.reconciliation.ReplicaCopy;
import io.tradosphere.platform.reconciliation.ReplicaRepair;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of the replica of public journals. */
@ApplicationScoped
class JournalReconciliation implements Reconciled {

    private static final String ROWS = """
            SELECT profile_id::text AS key, jsonb_build_object('incarnation', incarnation) AS state, sequence::text AS mark, sequence
            FROM journals WHERE is_public AND {profile_id}
            """;

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(
                new ReplicaCopy(
                        "journals",
                        Set.of("journals.is_public", "journals.incarnation", "journals.sequence"),
                        "profile",
                        "public-journals",
                        Topic.PROFILE_SETTINGS,
                        JournalReplica.PURPOSE,
                        ROWS,
                        new ReplicaRepair.Republish(
                                "UPDATE journals SET sequence = 0, incarnation = 0 WHERE profile_id::text = ANY ($1::text[])")));
    }
}
