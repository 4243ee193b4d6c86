package io.tradosphere.billing.plan;

import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.PriceCreateParams.Recurring;
import com.stripe.param.ProductCreateParams;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.money.Money;
import io.tradosphere.billing.money.StripeCurrency;
import io.tradosphere.billing.stripe.Stripe;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Creators' plans. A plan is a product and a price at Stripe first, and a row here after Stripe's answer. Stripe's prices
 * never change: a new amount is a new price, for new subscribers alone.
 */
@ApplicationScoped
class Plans {

    private static final String FIND = "SELECT " + Plan.COLUMNS + " FROM plans p WHERE p.creator_id = $1";
    private static final String CREATOR = "SELECT username, incarnation, tier FROM profiles WHERE id = $1";
    private static final String STORE = """
            INSERT INTO plans AS p (creator_id, price_monthly, currency, stripe_product_id, stripe_price_id)
            SELECT id, $2, $3, $4, $5 FROM profiles WHERE id = $1 AND tier <> 'free'
            ON CONFLICT (creator_id) DO UPDATE SET price_monthly = EXCLUDED.price_monthly, currency = EXCLUDED.currency,
              stripe_product_id = EXCLUDED.stripe_product_id, stripe_price_id = EXCLUDED.stripe_price_id
            RETURNING
            """ + Plan.COLUMNS;

    private final SliceDatabase slice;
    private final Stripe stripe;

    private record Creator(String username, long incarnation) {}

    Plans(SliceDatabase slice, Stripe stripe) {
        this.slice = slice;
        this.stripe = stripe;
    }

    /**
     * Returns a creator's plan.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Plan> find(UUID creator) {
        return slice.publicRead(FIND, creator)
                .map(rows -> Rows.first(rows, Plan::of)
                        .orElseThrow(() -> ProblemKind.NOT_FOUND.because("This creator has no plan.")));
    }

    /**
     * Sets the caller's plan. The same plan again changes nothing.
     *
     * @throws Problem {@code invalid-request} (400), {@code profile-required} (403), {@code tier-too-low} (403)
     */
    Uni<Plan> set(Caller caller, PlanRequest request) {
        Money price = price(request);
        return requireCreator(caller)
                .chain(creator -> slice.read(caller, FIND, caller.id())
                        .map(rows -> Rows.first(rows, Plan::of))
                        .chain(known -> known.filter(plan -> plan.price().equals(price))
                                .map(same -> Uni.createFrom().item(same))
                                .orElseGet(() -> atStripe(caller, creator, known, price))));
    }

    private Uni<Plan> atStripe(Caller caller, Creator creator, Optional<Plan> known, Money price) {
        return known.map(plan -> Uni.createFrom().item(plan.productId()))
                .orElseGet(() -> createProduct(caller, creator))
                .chain(product -> createPrice(product, price).chain(priceId -> store(caller, price, product, priceId)));
    }

    private Uni<String> createProduct(Caller caller, Creator creator) {
        ProductCreateParams product = ProductCreateParams.builder()
                .setName("Subscription to @" + creator.username())
                .putMetadata("creator", caller.id().toString())
                .build();
        return stripe.call(
                        "products",
                        api -> api.products()
                                .create(
                                        product,
                                        Stripe.once("product", caller.id(), creator.incarnation(), creator.username())))
                .map(Product::getId);
    }

    private Uni<String> createPrice(String product, Money price) {
        PriceCreateParams monthly = PriceCreateParams.builder()
                .setProduct(product)
                .setCurrency(price.currency().stripeCode())
                .setUnitAmount(price.minorUnits())
                .setRecurring(Recurring.builder()
                        .setInterval(Recurring.Interval.MONTH)
                        .build())
                .build();
        return stripe.call(
                        "prices",
                        api -> api.prices()
                                .create(
                                        monthly,
                                        Stripe.once(
                                                "price",
                                                product,
                                                price.currency().stripeCode(),
                                                price.minorUnits())))
                .map(Price::getId);
    }

    private Uni<Plan> store(Caller caller, Money price, String product, String priceId) {
        return slice.write(
                        caller,
                        tx -> tx.execute(
                                STORE,
                                caller.id(),
                                price.decimal(),
                                price.currency().code(),
                                product,
                                priceId))
                .map(rows -> Rows.first(rows, Plan::of).orElseThrow(Plans::tierTooLow));
    }

    private Uni<Creator> requireCreator(Caller caller) {
        return slice.read(caller, CREATOR, caller.id())
                .map(rows -> Rows.first(rows, Plans::creator).orElseThrow(Refusals::noProfile));
    }

    private static Creator creator(Row row) {
        if (row.getString("tier").equals("free")) {
            throw tierTooLow();
        }
        return new Creator(row.getString("username"), row.getLong("incarnation"));
    }

    private static Problem tierTooLow() {
        return ProblemKind.TIER_TOO_LOW.because("Only grow and the tiers above it can have a plan.");
    }

    private static Money price(PlanRequest request) {
        StripeCurrency currency = StripeCurrency.of(request.currency())
                .orElseThrow(() -> invalid("currency", "is a currency that Stripe charges in, such as USD"));
        try {
            return Money.price(request.priceMonthly(), currency);
        } catch (Money.InvalidAmount invalid) {
            throw invalid("priceMonthly", invalid.getMessage());
        }
    }

    private static Problem invalid(String field, String message) {
        return ProblemKind.INVALID_REQUEST.because(
                "The request has invalid fields.", List.of(new Violation(field, message)));
    }
}
