package io.tradosphere.billing.plan;

import com.stripe.model.Price;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.Comparison;
import io.tradosphere.billing.sync.StripeMirror;
import io.tradosphere.billing.sync.StripeReconciliation;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.reconciliation.Reconciled;
import io.tradosphere.platform.reconciliation.Reconciliation;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The reconciliation of plans with Stripe's prices. A plan that differs is named, and stays: its creator sets it again, which makes
 * another price.
 */
@ApplicationScoped
class PriceMirror implements StripeMirror, Reconciled {

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final String NEXT = """
            SELECT creator_id::text AS id FROM plans p WHERE p.creator_id > $1 ORDER BY p.creator_id LIMIT 100
            """;
    private static final String FIND =
            "SELECT price_monthly, currency, stripe_product_id, stripe_price_id FROM plans WHERE creator_id = $1";

    private final SliceDatabase slice;
    private final Stripe stripe;

    /** @param state what is compared, as JSON */
    private record Stored(String priceId, String state) {

        static Stored of(Row row) {
            return new Stored(
                    row.getString("stripe_price_id"),
                    PriceMirror.state(
                            row.getBigDecimal("price_monthly"),
                            row.getString("currency"),
                            row.getString("stripe_product_id"),
                            true));
        }
    }

    PriceMirror(SliceDatabase slice, Stripe stripe) {
        this.slice = slice;
        this.stripe = stripe;
    }

    /** Requests write these columns, so it names none as derived. */
    @Override
    public List<Reconciliation> reconciliations() {
        return List.of(new StripeReconciliation("plans.stripe", Set.of(), this));
    }

    @Override
    public Uni<List<String>> next(String after) {
        return slice.asWorker(NEXT, after.isEmpty() ? BEFORE_ALL : UUID.fromString(after))
                .map(rows -> Rows.list(rows, row -> row.getString("id")));
    }

    @Override
    public Uni<Comparison> compare(String creator) {
        return slice.asWorker(FIND, UUID.fromString(creator))
                .map(rows -> Rows.first(rows, Stored::of))
                .chain(found -> found.map(stored -> compare(creator, stored))
                        // Its creator has been erased meanwhile.
                        .orElseGet(() ->
                                Uni.createFrom().item(Comparison.of(creator, Optional.empty(), Optional.empty()))));
    }

    private Uni<Comparison> compare(String creator, Stored stored) {
        return stripe.call("prices", api -> api.prices().retrieve(stored.priceId()))
                .map(price -> Optional.of(state(price)))
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithItem(Optional.empty())
                .map(expected -> Comparison.of(creator, Optional.of(stored.state()), expected));
    }

    private static String state(Price price) {
        Money amount = Money.ofStripe(price.getUnitAmount(), price.getCurrency());
        return state(
                amount.decimal(), amount.currency().code(), price.getProduct(), Boolean.TRUE.equals(price.getActive()));
    }

    private static String state(BigDecimal amount, String currency, String product, boolean isSold) {
        return new JsonObject()
                .put("price_monthly", amount.stripTrailingZeros().toPlainString())
                .put("currency", currency)
                .put("stripe_product_id", product)
                .put("is_sold", isSold)
                .encode();
    }
}
