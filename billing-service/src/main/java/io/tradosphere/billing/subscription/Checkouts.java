package io.tradosphere.billing.subscription;

import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.customer.Customers;
import io.tradosphere.billing.payoutaccount.PayoutAccounts;
import io.tradosphere.billing.payoutaccount.PayoutAccounts.PayoutAccount;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.subscription.SubscriptionRequests.Checkout;
import io.tradosphere.billing.subscription.SubscriptionRequests.NewSubscription;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Checkouts of subscriptions to creators, on Stripe's page: destination charges with the platform's fee. */
@ApplicationScoped
class Checkouts {

    private static final String OFFER = """
            SELECT s.incarnation AS subscriber_incarnation, c.incarnation AS creator_incarnation, p.stripe_price_id,
              coalesce(x.status, 'cancelled') <> 'cancelled' AS subscribed,
              EXISTS (SELECT FROM blocks b WHERE b.blocker_id = $2 AND b.blocked_id = $1 AND b.is_blocking) AS blocked
            FROM (VALUES ($1::uuid, $2::uuid)) AS pair (subscriber_id, creator_id)
            LEFT JOIN profiles s ON s.id = pair.subscriber_id
            LEFT JOIN profiles c ON c.id = pair.creator_id
            LEFT JOIN plans p ON p.creator_id = pair.creator_id
            LEFT JOIN subscriptions x ON x.subscriber_id = pair.subscriber_id AND x.creator_id = pair.creator_id
            """;
    private static final String BEGIN = """
            INSERT INTO checkouts (id, subscription_id, subscriber_id, creator_id) VALUES ($1, $2, $3, $4)
            ON CONFLICT (id) DO NOTHING
            """;
    private static final String NOTE_SESSION = "UPDATE checkouts SET stripe_session_id = $2 WHERE id = $1";

    private final SliceDatabase slice;
    private final Stripe stripe;
    private final Customers customers;
    private final PayoutAccounts accounts;
    private final BigDecimal feePercent;

    /**
     * What the caller may buy.
     *
     * @param subscription the subscription's id, the same whenever this pair checks out
     * @param price Stripe's id of the price
     */
    private record Offer(UUID subscription, String price) {}

    Checkouts(
            SliceDatabase slice,
            Stripe stripe,
            Customers customers,
            PayoutAccounts accounts,
            @ConfigProperty(name = "tradosphere.subscription.fee-percent") BigDecimal feePercent) {
        this.slice = slice;
        this.stripe = stripe;
        this.customers = customers;
        this.accounts = accounts;
        this.feePercent = feePercent;
    }

    /**
     * Begins a checkout. Nothing counts before Stripe says that it is paid.
     *
     * @param operation the checkout's id, the same for every attempt of one request
     * @throws Problem {@code self-subscription} (400), {@code profile-required} (403), {@code blocked} (403), {@code
     *     unknown-profile} (404), {@code no-plan}, {@code already-subscribed}, {@code payouts-not-enabled} (409)
     */
    Uni<Answer> begin(Caller caller, NewSubscription request, UUID operation) {
        UUID creator = request.creatorId();
        if (caller.id().equals(creator)) {
            throw ProblemKind.SELF_SUBSCRIPTION.because("Choose another creator.");
        }
        return slice.read(caller, OFFER, caller.id(), creator)
                .map(rows -> offer(caller.id(), creator, rows.iterator().next()))
                .chain(offer -> requireAccount(creator)
                        .chain(account -> customers
                                .require(caller)
                                .chain(customer -> slice.write(
                                                caller,
                                                tx -> tx.execute(
                                                        BEGIN, operation, offer.subscription(), caller.id(), creator))
                                        .chain(() -> session(operation, offer, account, customer, request))))
                        .call(session ->
                                slice.write(caller, tx -> tx.execute(NOTE_SESSION, operation, session.getId())))
                        .map(session -> Answer.created(
                                "/v1/subscriptions/" + offer.subscription(),
                                null,
                                new Checkout(offer.subscription(), session.getUrl()))));
    }

    private static Offer offer(UUID subscriber, UUID creator, Row row) {
        if (row.getLong("subscriber_incarnation") == null) {
            throw Refusals.noProfile();
        }
        if (row.getLong("creator_incarnation") == null) {
            throw Refusals.unknown();
        }
        if (row.getBoolean("blocked")) {
            throw ProblemKind.BLOCKED.because("This creator has blocked you.");
        }
        if (row.getString("stripe_price_id") == null) {
            throw ProblemKind.NO_PLAN.because("Ask the creator to set a price.");
        }
        if (row.getBoolean("subscribed")) {
            throw ProblemKind.ALREADY_SUBSCRIBED.because(
                    "It can be resumed, cancelled, or paid on the page of POST /v1/subscriptions/portal.");
        }
        return new Offer(
                SubscriptionIds.of(
                        subscriber, row.getLong("subscriber_incarnation"), creator, row.getLong("creator_incarnation")),
                row.getString("stripe_price_id"));
    }

    private Uni<String> requireAccount(UUID creator) {
        return accounts.current(creator)
                .map(account -> account.filter(PayoutAccount::payoutsEnabled)
                        .map(PayoutAccount::id)
                        .orElseThrow(() -> ProblemKind.PAYOUTS_NOT_ENABLED.because(
                                "The creator has to finish the onboarding of POST /v1/plans/me/onboarding.")));
    }

    private Uni<Session> session(
            UUID operation, Offer offer, String account, String customer, NewSubscription request) {
        SubscriptionData.Builder subscription = SubscriptionData.builder()
                .putMetadata(CreatorSubscriptions.METADATA, offer.subscription().toString())
                .setTransferData(SubscriptionData.TransferData.builder()
                        .setDestination(account)
                        .build());
        if (feePercent.signum() > 0) {
            subscription.setApplicationFeePercent(feePercent);
        }
        SessionCreateParams session = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                .setCustomer(customer)
                .setClientReferenceId(operation.toString())
                .addLineItem(LineItem.builder()
                        .setPrice(offer.price())
                        .setQuantity(1L)
                        .build())
                .setSubscriptionData(subscription.build())
                .setSuccessUrl(request.successUrl())
                .setCancelUrl(request.cancelUrl())
                .build();
        return stripe.call(
                "checkout_sessions",
                api -> api.checkout().sessions().create(session, Stripe.once("checkout", operation, offer.price())));
    }
}
