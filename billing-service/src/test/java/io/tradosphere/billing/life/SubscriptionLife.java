package io.tradosphere.billing.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.billing.Http;
import io.tradosphere.billing.Http.Reply;
import io.tradosphere.billing.StripeSteps;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The life of a person with a creator. */
final class SubscriptionLife extends Life {

    private final TestUser creator;
    private final List<String> openDisputes = new ArrayList<>();
    private UUID id;

    SubscriptionLife(TestUser subscriber, TestUser creator, long seed) {
        super(subscriber, seed);
        this.creator = creator;
    }

    TestUser creator() {
        return creator;
    }

    /** The subscription's id, which every checkout of this pair has. */
    UUID id() {
        return id;
    }

    @Override
    String key() {
        return id.toString();
    }

    @Override
    void hasEndedAsAtStripe(Told told) {
        assertThat(SubscriptionEnd.shown(this, told.count(key())))
                .as(toString())
                .isEqualTo(SubscriptionEnd.atStripe(this));
    }

    @Override
    boolean hasBegun() {
        return id != null;
    }

    @Override
    Reply checkout() {
        Reply checkout = Http.api(person(), "POST", "/v1/subscriptions", StripeSteps.checkoutOf(creator));
        if (checkout.status() == 201) {
            id = UUID.fromString(checkout.text("id"));
        }
        return checkout;
    }

    @Override
    List<Runnable> acts() {
        return List.of(
                this::buy,
                this::buy,
                this::buyInTwoTabs,
                this::leaveTheCheckout,
                this::cardFails,
                this::cardFails,
                this::cardPays,
                this::payWhatIsOpen,
                this::cancel,
                this::resume,
                this::endAtStripe,
                this::endAtStripesPeriodEnd,
                this::refund,
                this::dispute,
                this::decideDispute,
                this::nothing,
                this::nothing);
    }

    private void cancel() {
        answered("cancel", Http.api(person(), "DELETE", "/v1/subscriptions/" + id));
    }

    private void resume() {
        answered("resume", Http.api(person(), "POST", "/v1/subscriptions/" + id + "/resume"));
    }

    /** A part of a charge. Stripe refuses it for what is given back or disputed already. */
    private void refund() {
        String charge = anyCharge();
        if (charge != null) {
            answered(
                    "refund of " + charge,
                    Http.stripe(
                            "POST",
                            "/v1/refunds",
                            Map.of(
                                    "charge",
                                    charge,
                                    "amount",
                                    1 + random().nextInt(500),
                                    "reverse_transfer",
                                    true,
                                    "refund_application_fee",
                                    true)));
        }
    }

    private void dispute() {
        String charge = anyCharge();
        if (charge != null
                && ids("/v1/disputes?limit=100&charge=" + charge).isEmpty()
                && ids("/v1/refunds?limit=100&charge=" + charge).isEmpty()) {
            openDisputes.add(answered(
                            "dispute of " + charge,
                            Http.control("/_fake/disputes", Map.of("charge", charge, "reason", "fraudulent")))
                    .text("id"));
        }
    }

    private void decideDispute() {
        if (!openDisputes.isEmpty()) {
            boolean won = random().nextBoolean();
            answered(
                    won ? "dispute won" : "dispute lost",
                    Http.control("/_fake/disputes/" + openDisputes.remove(0) + "/close", Map.of("won", won)));
        }
    }

    /** Null when nothing was paid. */
    private String anyCharge() {
        List<String> paid = Http.stripe("/v1/charges?limit=100&customer=" + customer()).data().stream()
                .filter(charge -> charge.path("paid").asBoolean())
                .map(charge -> charge.path("id").asText())
                .toList();
        return paid.isEmpty() ? null : paid.get(random().nextInt(paid.size()));
    }
}
