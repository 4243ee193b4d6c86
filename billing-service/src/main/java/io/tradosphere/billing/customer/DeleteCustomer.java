package io.tradosphere.billing.customer;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.StripeTaskHandler;
import jakarta.enterprise.context.ApplicationScoped;

/** A task at Stripe: deletes the customer of an erased person, which also cancels whatever that person still pays. */
@ApplicationScoped
class DeleteCustomer implements StripeTaskHandler {

    private final Stripe stripe;

    DeleteCustomer(Stripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public String kind() {
        return "delete-customer";
    }

    @Override
    public Uni<Void> run(String customer, String nothing) {
        return stripe.call("customers", api -> api.customers().delete(customer))
                .replaceWithVoid()
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithNull();
    }
}
