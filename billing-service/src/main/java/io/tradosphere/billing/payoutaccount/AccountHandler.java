package io.tradosphere.billing.payoutaccount;

import com.stripe.model.Account;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.sync.StripeObjectHandler;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** A handler of connected accounts. */
@ApplicationScoped
class AccountHandler implements StripeObjectHandler<Account> {

    private final PayoutAccounts accounts;

    AccountHandler(PayoutAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public String objectType() {
        return "account";
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of("account.updated");
    }

    @Override
    public Uni<Account> fetch(String id) {
        return accounts.fetch(id);
    }

    @Override
    public Uni<Void> apply(Tx tx, Account fetched) {
        return accounts.apply(tx, fetched);
    }
}
