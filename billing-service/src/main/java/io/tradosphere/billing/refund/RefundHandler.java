package io.tradosphere.billing.refund;

import com.stripe.model.Refund;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.sync.StripeObjectHandler;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A handler of refunds. */
@ApplicationScoped
class RefundHandler implements StripeObjectHandler<ReturnedMoney> {

    private final Stripe stripe;

    RefundHandler(Stripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public String objectType() {
        return "refund";
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of("refund.created", "refund.updated", "refund.failed");
    }

    @Override
    public Uni<ReturnedMoney> fetch(String id) {
        return stripe.call("refunds", api -> api.refunds().retrieve(id))
                .chain(found -> ReturnedMoney.subscriptionOf(stripe, found.getPaymentIntent())
                        .map(subscription -> of(found, subscription.orElse(null))));
    }

    @Override
    public Uni<Void> apply(Tx tx, ReturnedMoney fetched) {
        return fetched.store(tx);
    }

    private static ReturnedMoney of(Refund found, UUID subscription) {
        return new ReturnedMoney(
                found.getId(),
                "refund",
                subscription,
                Money.ofStripe(found.getAmount(), found.getCurrency()),
                found.getStatus(),
                found.getReason(),
                Instant.ofEpochSecond(found.getCreated()));
    }
}
