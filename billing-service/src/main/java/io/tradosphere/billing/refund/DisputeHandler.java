package io.tradosphere.billing.refund;

import com.stripe.model.Dispute;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.sync.StripeObjectHandler;
import io.tradosphere.platform.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A handler of disputes: a person has taken a payment back at their bank. */
@ApplicationScoped
class DisputeHandler implements StripeObjectHandler<ReturnedMoney> {

    private final Stripe stripe;

    DisputeHandler(Stripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public String objectType() {
        return "dispute";
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of(
                "charge.dispute.created",
                "charge.dispute.updated",
                "charge.dispute.closed",
                "charge.dispute.funds_withdrawn",
                "charge.dispute.funds_reinstated");
    }

    @Override
    public Uni<ReturnedMoney> fetch(String id) {
        return stripe.call("disputes", api -> api.disputes().retrieve(id))
                .chain(found -> ReturnedMoney.subscriptionOf(stripe, found.getPaymentIntent())
                        .map(subscription -> of(found, subscription.orElse(null))));
    }

    @Override
    public Uni<Void> apply(Tx tx, ReturnedMoney fetched) {
        return fetched.store(tx);
    }

    private static ReturnedMoney of(Dispute found, UUID subscription) {
        return new ReturnedMoney(
                found.getId(),
                "dispute",
                subscription,
                Money.ofStripe(found.getAmount(), found.getCurrency()),
                found.getStatus(),
                found.getReason(),
                Instant.ofEpochSecond(found.getCreated()));
    }
}
