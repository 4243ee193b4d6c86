package io.tradosphere.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.billing.money.Money.InvalidAmount;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    private static final List<String> TEN_CURRENCIES =
            List.of("USD", "EUR", "JPY", "KWD", "KRW", "BHD", "ISK", "UGX", "GBP", "MGA");

    @ParameterizedTest(name = "{0} {1} is {2} of Stripe''s units and shown as {3}")
    @CsvSource({
        "USD, 9.99, 999, 9.99",
        "USD, 10, 1000, 10.00",
        "usd, 1e1, 1000, 10.00",
        "JPY, 500, 500, 500",
        "JPY, 500.00, 500, 500",
        "KWD, 1.250, 1250, 1.250",
        "KWD, 1.25, 1250, 1.250",
        "ISK, 1200, 120000, 1200",
        "UGX, 5000, 500000, 5000",
        "MGA, 4000, 4000, 4000",
        "USD, 999999.99, 99999999, 999999.99",
        "JPY, 99999999, 99999999, 99999999",
    })
    void a_price_is_counted_in_stripes_unit_and_shown_with_its_currencys_digits(
            String currency, BigDecimal amount, long minorUnits, String shown) {
        Money money = Money.price(amount, currency(currency));

        assertThat(money.minorUnits()).isEqualTo(minorUnits);
        assertThat(money).hasToString(shown);
    }

    @ParameterizedTest(name = "{0} {1} is refused")
    @CsvSource({
        "USD, 0",
        "USD, -1",
        "USD, 0.001",
        "USD, 1000000",
        "JPY, 0.5",
        "JPY, 100000000",
        "KWD, 1.255",
        "ISK, 10.5",
    })
    void an_amount_that_stripe_cannot_charge_is_refused(String currency, BigDecimal amount) {
        assertThatThrownBy(() -> Money.price(amount, currency(currency)))
                .isInstanceOf(InvalidAmount.class)
                .hasMessageContaining("in " + currency);
    }

    @Test
    void any_price_over_ten_currencies_is_the_same_for_stripe_and_in_the_api() {
        Random random = new Random(14);
        for (int i = 0; i < 10_000; i++) {
            StripeCurrency currency = currency(TEN_CURRENCIES.get(random.nextInt(TEN_CURRENCIES.size())));
            long minorUnits =
                    (1 + random.nextInt((int) (Money.MOST_MINOR_UNITS / currency.step()))) * (long) currency.step();

            Money asked = Money.ofStripe(minorUnits, currency.stripeCode());

            assertThat(Money.price(new BigDecimal(asked.toString()), currency)).isEqualTo(asked);
            assertThat(asked.decimal().scale()).isEqualTo(currency.digits());
        }
    }

    @Test
    void an_amount_of_stripes_that_is_finer_than_its_currency_keeps_every_digit() {
        assertThat(Money.ofStripe(1_250_50, "isk")).hasToString("1250.50");
    }

    @Test
    void a_part_is_rounded_to_the_nearest_unit() {
        assertThat(Money.ofStripe(999, "usd").percent(new BigDecimal("10")).minorUnits())
                .isEqualTo(100);
        assertThat(Money.ofStripe(5, "jpy").percent(new BigDecimal("33.33")).minorUnits())
                .isEqualTo(2);
    }

    private static StripeCurrency currency(String code) {
        return StripeCurrency.of(code).orElseThrow();
    }
}
