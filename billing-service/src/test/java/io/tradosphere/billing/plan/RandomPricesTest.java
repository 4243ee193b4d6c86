package io.tradosphere.billing.plan;

import static io.tradosphere.billing.StripeSteps.begin;
import static io.tradosphere.billing.StripeSteps.stripe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tradosphere.billing.StripeResource;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random prices over ten currencies, from a request to what Stripe is asked for, and back to a response. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class RandomPricesTest {

    private static final int PRICES = Boolean.getBoolean("tradosphere.full") ? 2_000 : 60;

    /** By Stripe's documentation, "Supported currencies". */
    private static final List<Unit> UNITS = List.of(
            new Unit("USD", 2, 2, 2),
            new Unit("EUR", 2, 2, 2),
            new Unit("GBP", 2, 2, 2),
            new Unit("CHF", 2, 2, 2),
            new Unit("JPY", 0, 0, 0),
            new Unit("KRW", 0, 0, 0),
            new Unit("KWD", 2, 3, 3),
            new Unit("BHD", 2, 3, 3),
            new Unit("ISK", 0, 0, 2),
            new Unit("UGX", 0, 0, 2));

    private static final long MOST_AT_STRIPE = 99_999_999;

    private final Random random = new Random(14);
    private TestUser creator;

    /**
     * A currency's decimals.
     *
     * @param free those that a price may have
     * @param shown those that the API shows
     * @param atStripe those of the unit in which Stripe counts
     */
    private record Unit(String currency, int free, int shown, int atStripe) {

        long atStripe(BigDecimal price) {
            return price.movePointRight(atStripe).longValueExact();
        }

        BigDecimal most() {
            return BigDecimal.valueOf(MOST_AT_STRIPE, atStripe).setScale(free, RoundingMode.DOWN);
        }
    }

    @BeforeEach
    void a_creator_without_a_plan() {
        begin(Duration.ofDays(1));
        creator = KnownProfiles.of(Tier.GROW);
    }

    @Test
    void stripe_is_asked_for_what_the_api_says_and_the_api_says_what_stripe_was_asked_for() {
        for (int i = 0; i < PRICES; i++) {
            Unit unit = UNITS.get(i % UNITS.size());
            BigDecimal price = i < 2 * UNITS.size() ? extreme(unit, i < UNITS.size()) : any(unit);
            String shown = price.setScale(unit.shown()).toPlainString();

            put(written(price), unit.currency()).then().statusCode(200).body("priceMonthly", equalTo(shown));

            // A price that the creator had before is that one again.
            assertThat(stripe().get("/v1/prices/{id}", priceOf(creator)).<Map<String, Object>>path("$"))
                    .as("%s %s", price, unit.currency())
                    .containsEntry("unit_amount", (int) unit.atStripe(price))
                    .containsEntry("currency", unit.currency().toLowerCase(Locale.ROOT));
            TestUser.nobody()
                    .get("/v1/plans/{id}", creator.id())
                    .then()
                    .statusCode(200)
                    .body("priceMonthly", equalTo(shown))
                    .body("currency", equalTo(unit.currency()));
        }
    }

    @Test
    void what_is_no_price_of_its_currency_is_refused_and_stripe_is_asked_for_nothing() {
        for (Unit unit : UNITS) {
            for (Object wrong : noPrices(unit)) {
                Response response = put(wrong, unit.currency());

                assertThat(response.statusCode())
                        .as("%s %s: %s", wrong, unit.currency(), response.asString())
                        .isEqualTo(400);
            }
        }
        assertThat(stripe().get("/v1/products").<List<?>>path("data")).isEmpty();
        assertThat(stripe().get("/v1/prices").<List<?>>path("data")).isEmpty();
        TestUser.nobody().get("/v1/plans/{id}", creator.id()).then().statusCode(404);
    }

    private static String priceOf(TestUser creator) {
        return String.valueOf(Sql.asSuperuser()
                .column("SELECT stripe_price_id FROM plans WHERE creator_id = ?", creator.id())
                .get(0));
    }

    private List<Object> noPrices(Unit unit) {
        BigDecimal finest = BigDecimal.ONE.movePointLeft(unit.free());
        List<Object> wrong = new ArrayList<>(List.of(
                "0",
                "-0.00",
                any(unit).negate().toPlainString(),
                any(unit).negate(),
                any(unit).add(finest.movePointLeft(1)).toPlainString(),
                any(unit).add(finest.movePointLeft(8)).toPlainString(),
                unit.most().add(finest).toPlainString(),
                "9".repeat(40),
                "9".repeat(400),
                "1e9",
                "1e99",
                "1e-9",
                "1e999999999",
                "-1e999999999",
                "NaN",
                "Infinity",
                "1,50",
                "0x10",
                "1_000",
                " 5",
                "",
                "five",
                true,
                List.of("5")));
        wrong.add(Map.of("amount", "5"));
        return wrong;
    }

    private static BigDecimal extreme(Unit unit, boolean lowest) {
        return lowest ? BigDecimal.ONE.movePointLeft(unit.free()) : unit.most();
    }

    /** Of any length, so that small prices are as likely as large ones. */
    private BigDecimal any(Unit unit) {
        long most = unit.most().unscaledValue().longValueExact();
        long bound = Math.min(most, (long) Math.pow(10, 1 + random.nextInt(8)));
        return BigDecimal.valueOf(1 + random.nextLong(bound), unit.free()).min(unit.most());
    }

    /** The same number in one of the forms in which clients write it. */
    private Object written(BigDecimal price) {
        return switch (random.nextInt(4)) {
            case 0 -> price;
            case 1 -> price.toPlainString();
            case 2 -> price.setScale(price.scale() + 1 + random.nextInt(6)).toPlainString();
            default -> price.stripTrailingZeros().toString();
        };
    }

    private Response put(Object price, String currency) {
        return creator.asking()
                .body(Map.of("priceMonthly", price, "currency", currency))
                .put("/v1/plans/me");
    }
}
