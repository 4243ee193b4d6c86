package io.tradosphere.billing.tier;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.enums.UuidNamespace;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.model.checkout.Session;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.customer.Customers;
import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.money.StripeCurrency;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.subscription.SubscriptionHandler;
import io.tradosphere.billing.sync.StripeObjects;
import io.tradosphere.billing.tier.TierViews.Checkout;
import io.tradosphere.billing.tier.TierViews.NewCheckout;
import io.tradosphere.billing.tier.TierViews.OwnTier;
import io.tradosphere.billing.tier.TierViews.Purchase;
import io.tradosphere.contracts.Tier;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Commands on the caller's bought tier. Each is done at Stripe first; then the row follows what Stripe says. */
@ApplicationScoped
class Tiers {

    private static final Logger LOG = Logger.getLogger(Tiers.class);

    private static final String OWN = """
            SELECT p.tier AS effective, p.incarnation, t.tier, t.next_tier, t.status, t.price_monthly, t.currency,
              t.current_period_end, t.cancel_at_period_end, t.held_until, t.stripe_subscription_id
            FROM profiles p LEFT JOIN tier_subscriptions t ON t.profile_id = p.id WHERE p.id = $1
            """;
    private static final String BEGIN = """
            INSERT INTO checkouts (id, subscription_id, subscriber_id, tier) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO NOTHING
            """;
    private static final String NOTE_SESSION = "UPDATE checkouts SET stripe_session_id = $2 WHERE id = $1";

    private final SliceDatabase slice;
    private final Stripe stripe;
    private final StripeObjects objects;
    private final Customers customers;
    private final TierCatalog catalog;

    Tiers(SliceDatabase slice, Stripe stripe, StripeObjects objects, Customers customers, TierCatalog catalog) {
        this.slice = slice;
        this.stripe = stripe;
        this.objects = objects;
        this.customers = customers;
        this.catalog = catalog;
    }

    /**
     * The caller's tier.
     *
     * @throws Problem {@code profile-required} (403)
     */
    Uni<OwnTier> own(Caller caller) {
        return row(caller).map(Tiers::view);
    }

    /**
     * Begins a checkout of a tier. Nothing is bought before Stripe says that it is paid.
     *
     * @param operation the checkout's id, the same for every attempt of one request
     * @throws Problem {@code invalid-request} (400), {@code profile-required} (403), {@code already-has-tier} (409)
     */
    Uni<Answer> begin(Caller caller, NewCheckout request, UUID operation) {
        return row(caller)
                .invoke(row -> {
                    if (isLive(row)) {
                        throw ProblemKind.ALREADY_HAS_TIER.because("Change it with PUT /v1/tiers/me.");
                    }
                })
                .map(row -> UuidCreator.getNameBasedSha1(
                        UuidNamespace.NAMESPACE_URL,
                        "tradosphere:tier:" + caller.id() + ":" + row.getLong("incarnation")))
                .chain(id -> catalog.priceOf(request.tier())
                        .chain(price -> customers
                                .require(caller)
                                .chain(customer -> slice.write(
                                                caller,
                                                tx -> tx.execute(
                                                        BEGIN, operation, id, caller.id(), EnumText.of(request.tier())))
                                        .chain(() -> session(operation, id, price, customer, request)))))
                .call(session -> slice.write(caller, tx -> tx.execute(NOTE_SESSION, operation, session.getId())))
                .map(session -> Answer.created("/v1/tiers/me", null, new Checkout(session.getUrl())));
    }

    /**
     * Changes the caller's bought tier: up at once, prorated; down at the period's end. The present tier takes a lower one or
     * an end that was to come back.
     *
     * @throws Problem {@code invalid-request} (400), {@code no-paid-tier}, {@code conflict} (409)
     */
    Uni<OwnTier> change(Caller caller, Tier tier) {
        return catalog.priceOf(tier)
                .chain(price -> live(caller).chain(row -> {
                    if (!row.getString("status").equals("active")) {
                        throw ProblemKind.CONFLICT.because(
                                "Pay what is open first, on the page of POST /v1/subscriptions/portal.");
                    }
                    String id = row.getString("stripe_subscription_id");
                    return stripe.call(
                                    "subscriptions", api -> api.subscriptions().retrieve(id))
                            .chain(present -> change(present, tier, price))
                            .chain(() -> follow(id));
                }))
                .chain(() -> own(caller));
    }

    /**
     * Ends the caller's bought tier at its period's end.
     *
     * @throws Problem {@code no-paid-tier} (409)
     */
    Uni<OwnTier> end(Caller caller) {
        return live(caller)
                .chain(row -> {
                    String id = row.getString("stripe_subscription_id");
                    SubscriptionUpdateParams end = SubscriptionUpdateParams.builder()
                            .setCancelAtPeriodEnd(true)
                            .build();
                    return stripe.call(
                                    "subscriptions", api -> api.subscriptions().update(id, end))
                            .chain(() -> follow(id));
                })
                .chain(() -> own(caller));
    }

    /** Every update may be repeated: it says what shall be, and a price that is there already is not prorated. */
    private Uni<Void> change(Subscription present, Tier tier, String price) {
        TierStanding standing = TierStanding.of(present);
        int direction = tier.compareTo(standing.tier());
        if (direction < 0) {
            long end = present.getItems().getData().get(0).getCurrentPeriodEnd();
            return update(present, price, standing.heldUntil(end), ProrationBehavior.NONE, false);
        }
        boolean ends = Boolean.TRUE.equals(present.getCancelAtPeriodEnd());
        if (direction == 0) {
            return standing.next().isPresent() || ends
                    ? update(present, standing.price(), "", ProrationBehavior.NONE, false)
                    : Uni.createFrom().voidItem();
        }
        Uni<Void> raised = update(present, price, "", ProrationBehavior.ALWAYS_INVOICE, false);
        // Stripe prorates from the price that stands there, so the price that is paid for comes back first.
        return standing.next().isEmpty()
                ? raised
                : update(present, standing.price(), "", ProrationBehavior.NONE, ends)
                        .chain(() -> raised.onFailure(StripeRefused.class)
                                .recoverWithUni(refused -> asBefore(present, standing, ends)
                                        .chain(() -> Uni.createFrom().failure(refused))));
    }

    /** A refusal changes nothing: the lower tier that was to come is to come again. */
    private Uni<Void> asBefore(Subscription present, TierStanding standing, boolean ends) {
        SubscriptionItem item = present.getItems().getData().get(0);
        String held = standing.heldUntil(item.getCurrentPeriodEnd());
        return update(present, item.getPrice().getId(), held, ProrationBehavior.NONE, ends)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "%s was to get a lower tier with its next period, and does not any more: %s",
                        present.getId(), failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .chain(() -> follow(present.getId()));
    }

    private Uni<Void> update(
            Subscription present, String price, String held, ProrationBehavior proration, boolean ends) {
        SubscriptionUpdateParams change = SubscriptionUpdateParams.builder()
                .addItem(SubscriptionUpdateParams.Item.builder()
                        .setId(present.getItems().getData().get(0).getId())
                        .setPrice(price)
                        .build())
                .setProrationBehavior(proration)
                // A card that fails changes nothing.
                .setPaymentBehavior(PaymentBehavior.ERROR_IF_INCOMPLETE)
                .setCancelAtPeriodEnd(ends)
                .putMetadata(TierStanding.HELD, held)
                .build();
        return stripe.call("subscriptions", api -> api.subscriptions().update(present.getId(), change))
                .replaceWithVoid();
    }

    private Uni<Void> follow(String subscription) {
        return objects.refresh(SubscriptionHandler.OBJECT_TYPE, subscription).replaceWithVoid();
    }

    private Uni<Session> session(UUID operation, UUID id, String price, String customer, NewCheckout request) {
        SessionCreateParams session = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setCustomer(customer)
                .setClientReferenceId(operation.toString())
                .addLineItem(LineItem.builder().setPrice(price).setQuantity(1L).build())
                .setSubscriptionData(SubscriptionData.builder()
                        .putMetadata(TierSubscriptions.METADATA, id.toString())
                        .build())
                .setSuccessUrl(request.successUrl())
                .setCancelUrl(request.cancelUrl())
                .build();
        return stripe.call(
                "checkout_sessions",
                api -> api.checkout().sessions().create(session, Stripe.once("checkout", operation, price)));
    }

    private Uni<Row> row(Caller caller) {
        return slice.read(caller, OWN, caller.id())
                .map(rows -> Rows.first(rows, row -> row).orElseThrow(Refusals::noProfile));
    }

    private Uni<Row> live(Caller caller) {
        return row(caller).invoke(row -> {
            if (!isLive(row)) {
                throw ProblemKind.NO_PAID_TIER.because("Buy one, with POST /v1/tiers/checkout.");
            }
        });
    }

    private static boolean isLive(Row row) {
        return row.getString("status") != null && !row.getString("status").equals("cancelled");
    }

    private static OwnTier view(Row row) {
        Tier effective = EnumText.parse(Tier.class, row.getString("effective"));
        return new OwnTier(effective, row.getString("status") == null ? null : purchase(row));
    }

    private static Purchase purchase(Row row) {
        Money price = Money.price(
                row.getBigDecimal("price_monthly"),
                StripeCurrency.of(row.getString("currency")).orElseThrow());
        String next = row.getString("next_tier");
        return new Purchase(
                EnumText.parse(Tier.class, row.getString("tier")),
                next == null ? null : EnumText.parse(Tier.class, next),
                row.getString("status"),
                price.toString(),
                price.currency().code(),
                Rows.instant(row, "current_period_end"),
                row.getBoolean("cancel_at_period_end"),
                Rows.instant(row, "held_until"));
    }
}
