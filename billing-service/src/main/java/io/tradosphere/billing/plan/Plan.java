package io.tradosphere.billing.plan;

import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.money.StripeCurrency;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.http.Etags;
import io.vertx.sqlclient.Row;

/**
 * A creator's plan with what only the service knows of it.
 *
 * @param price price a month for new subscribers
 * @param productId Stripe's id of the product
 * @param priceId Stripe's id of the price
 */
record Plan(long version, PlanView view, Money price, String productId, String priceId) {

    /** The selected columns, for a table alias {@code plans p}. */
    static final String COLUMNS = """
            p.creator_id, p.price_monthly, p.currency, p.stripe_product_id, p.stripe_price_id, p.version, p.created_at,
            p.updated_at, EXISTS (
              SELECT FROM payout_accounts a WHERE a.profile_id = p.creator_id AND a.payouts_enabled) AS payouts_enabled
            """;

    static Plan of(Row row) {
        Money price = Money.price(
                row.getBigDecimal("price_monthly"),
                StripeCurrency.of(row.getString("currency")).orElseThrow());
        return new Plan(
                row.getLong("version"),
                new PlanView(
                        row.getUUID("creator_id"),
                        price.toString(),
                        price.currency().code(),
                        row.getBoolean("payouts_enabled"),
                        Rows.instant(row, "created_at"),
                        Rows.instant(row, "updated_at")),
                price,
                row.getString("stripe_product_id"),
                row.getString("stripe_price_id"));
    }

    String etag() {
        return Etags.of(version, view);
    }
}
