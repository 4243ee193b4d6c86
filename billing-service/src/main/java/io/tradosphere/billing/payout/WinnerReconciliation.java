package io.tradosphere.billing.payout;

import io.tradosphere.platform.reconciliation.DerivedValue;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of prizes with whose participation won them. What is paid stays as it is. */
@ApplicationScoped
class WinnerReconciliation implements Reconciled {

    /** Who is not named yet is named by {@link PrizeWinners}. Of an erased person there is no candidate. */
    private static final String COMPARE = """
            SELECT p.id, jsonb_build_object('profile_id', c.profile_id, 'incarnation', c.incarnation) AS expected,
              jsonb_build_object('profile_id', p.profile_id, 'incarnation', p.incarnation) AS actual
            FROM payouts p JOIN prize_candidates c ON c.participant_id = p.winner_id
            WHERE p.kind = 'prize' AND p.status <> 'paid' AND p.profile_id IS NOT NULL AND {p.id}
            """;

    private static final String LOCK = "SELECT FROM payouts WHERE {id} ORDER BY id FOR UPDATE";
    private static final String CORRECT = """
            UPDATE payouts SET profile_id = c.profile_id, incarnation = c.incarnation
            FROM prize_candidates c JOIN profiles w ON w.id = c.profile_id
            WHERE c.participant_id = payouts.winner_id AND payouts.status <> 'paid' AND {payouts.id}
            """;

    /** The same columns are a request's in the shares of a pool, so it names none as derived. */
    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(DerivedValue.ofTransaction(
                "payouts.profile_id of prizes", Set.of(), COMPARE, List.of(LOCK), List.of(CORRECT)));
    }
}
