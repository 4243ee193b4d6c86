package io.tradosphere.billing.pool;

import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of payouts with the shares of the pool that they pay. What is paid stays as it is. */
@ApplicationScoped
class ShareReconciliation implements Reconciled {

    private static final String COMPARE = """
            SELECT s.id, jsonb_build_object('amount', s.amount) AS expected, jsonb_build_object('amount', p.amount) AS actual
            FROM legends_pool_shares s LEFT JOIN payouts p
              ON p.kind = 'pool_share' AND p.source_id = s.pool_id AND p.winner_id = s.id
            WHERE s.amount > 0 AND p.status IS DISTINCT FROM 'paid' AND {s.id}
            """;
    private static final String LOCK = "SELECT FROM legends_pool_shares WHERE {id} ORDER BY id FOR UPDATE";
    private static final String CORRECT = """
            INSERT INTO payouts (kind, source_id, winner_id, profile_id, incarnation, amount, currency, status)
            SELECT 'pool_share', s.pool_id, s.id, s.profile_id, s.incarnation, s.amount, 'USD', 'owed'
            FROM legends_pool_shares s WHERE {s.id} ORDER BY s.id
            ON CONFLICT (kind, source_id, winner_id) DO UPDATE SET amount = EXCLUDED.amount WHERE payouts.status <> 'paid'
            """;

    /** A request writes the shares and the payouts, so it names no column as derived. */
    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(DerivedValue.ofTransaction(
                "payouts of legends_pool_shares", Set.of(), COMPARE, List.of(LOCK), List.of(CORRECT)));
    }
}
