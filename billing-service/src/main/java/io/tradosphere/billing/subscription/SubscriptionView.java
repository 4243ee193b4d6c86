package io.tradosphere.billing.subscription;

import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.money.StripeCurrency;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.db.Rows;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A subscription as both its parties see it; nothing of Stripe's.
 *
 * @param id the id of the subscription
 * @param subscriberId null once the subscriber is erased
 * @param creatorId null once the creator is erased
 * @param status active, cancelled, past_due or unpaid
 * @param priceMonthly price a month, with the currency's decimals
 * @param currency ISO 4217 code
 * @param startedAt when it last began
 * @param currentPeriodStart null when there is no period
 * @param currentPeriodEnd null when there is no period
 * @param cancelAtPeriodEnd whether it ends by itself at the period's end
 * @param cancelledAt when somebody cancelled it; null when nobody did
 * @param endedAt null while it lasts
 * @param accessUntil until when the subscriber sees what is for subscribers
 * @param refunds what went back to the subscriber, the latest first
 * @param createdAt when it was first paid
 * @param updatedAt when it last changed
 */
@Schema(name = "Subscription")
record SubscriptionView(
        UUID id,
        @Nullable UUID subscriberId,
        @Nullable UUID creatorId,
        String status,
        String priceMonthly,
        String currency,
        Instant startedAt,
        @Nullable Instant currentPeriodStart,
        @Nullable Instant currentPeriodEnd,
        boolean cancelAtPeriodEnd,
        @Nullable Instant cancelledAt,
        @Nullable Instant endedAt,
        Instant accessUntil,
        List<Returned> refunds,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * Money that went back to the subscriber.
     *
     * @param kind refund, or dispute: taken back at the subscriber's bank
     * @param amount how much, with the currency's decimals
     * @param currency ISO 4217 code
     * @param status Stripe's own word, such as succeeded, pending, failed, needs_response, won or lost
     * @param reason Stripe's own word, such as fraudulent; null when there is none
     * @param occurredAt when it began
     */
    @Schema(name = "SubscriptionRefund")
    record Returned(
            String kind,
            String amount,
            String currency,
            String status,
            @Nullable String reason,
            Instant occurredAt) {

        private static Returned of(JsonObject json) {
            return new Returned(
                    json.getString("kind"),
                    SubscriptionView.text(new BigDecimal(json.getString("amount")), json.getString("currency")),
                    json.getString("currency"),
                    json.getString("status"),
                    json.getString("reason"),
                    OffsetDateTime.parse(json.getString("occurred_at")).toInstant());
        }
    }

    /** The selected columns, of the table {@code subscriptions}. */
    static final String COLUMNS = """
            id, subscriber_id, creator_id, status, price_monthly, currency, started_at, current_period_start,
            current_period_end, cancel_at_period_end, cancelled_at, ended_at, access_until, version, created_at, updated_at,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'amount', r.amount::text, 'currency', r.currency,
                'status', r.status, 'reason', r.reason, 'occurred_at', r.occurred_at) ORDER BY r.occurred_at DESC), '[]')
              FROM refunds r WHERE r.subscription_id = subscriptions.id) AS refunds
            """;

    /** Maps a row with {@link #COLUMNS}. */
    static SubscriptionView of(Row row) {
        return new SubscriptionView(
                row.getUUID("id"),
                row.getUUID("subscriber_id"),
                row.getUUID("creator_id"),
                row.getString("status"),
                text(row.getBigDecimal("price_monthly"), row.getString("currency")),
                row.getString("currency"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "current_period_start"),
                Rows.instant(row, "current_period_end"),
                row.getBoolean("cancel_at_period_end"),
                Rows.instant(row, "cancelled_at"),
                Rows.instant(row, "ended_at"),
                Rows.instant(row, "access_until"),
                row.getJsonArray("refunds").stream()
                        .map(refund -> Returned.of((JsonObject) refund))
                        .toList(),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static String text(BigDecimal amount, String currency) {
        return StripeCurrency.of(currency)
                .map(known -> Money.price(amount, known).toString())
                .orElseGet(amount::toPlainString);
    }
}
