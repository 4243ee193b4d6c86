package io.tradosphere.billing.payoutaccount;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.StripeTaskHandler;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A task at Stripe: deletes the connected account of an erased person. Stripe refuses while money is on it; then the task is
 * parked, and an operator retries it once that is paid out.
 */
@ApplicationScoped
class DeleteAccount implements StripeTaskHandler {

    private final Stripe stripe;

    DeleteAccount(Stripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public String kind() {
        return "delete-account";
    }

    @Override
    public Uni<Void> run(String account, String nothing) {
        return stripe.call("accounts", api -> api.accounts().delete(account))
                .replaceWithVoid()
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithNull();
    }
}
