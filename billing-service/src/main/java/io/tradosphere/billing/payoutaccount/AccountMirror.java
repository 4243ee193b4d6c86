package io.tradosphere.billing.payoutaccount;

import io.tradosphere.billing.sync.ObjectMirrors;
import io.tradosphere.billing.sync.ObjectMirrors.MirroredRows;
import io.tradosphere.billing.sync.StripeReconciliation;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The reconciliation of who can be paid with Stripe's connected accounts. */
@ApplicationScoped
class AccountMirror implements Reconciled {

    private static final MirroredRows ROWS = new MirroredRows("""
            SELECT stripe_account_id AS id FROM payout_accounts
            WHERE stripe_account_id > $1 ORDER BY stripe_account_id LIMIT 100
            """, """
            SELECT jsonb_build_object('payouts_enabled', payouts_enabled)::text AS state
            FROM payout_accounts WHERE stripe_account_id = $1
            """);

    private final ObjectMirrors mirrors;
    private final AccountHandler handler;

    AccountMirror(ObjectMirrors mirrors, AccountHandler handler) {
        this.mirrors = mirrors;
        this.handler = handler;
    }

    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(new StripeReconciliation(
                "payout_accounts.stripe", Set.of("payout_accounts.payouts_enabled"), mirrors.of(ROWS, handler)));
    }
}
