package io.tradosphere.stripefake.payment;

import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Money;

/** Checks of amounts and currencies in parameters. */
public final class Amounts {

    private Amounts() {}

    /**
     * The currency, if Stripe knows it.
     *
     * @throws StripeError 400 otherwise
     */
    public static String currency(String given) {
        String lower = given.toLowerCase(java.util.Locale.ROOT);
        if (!Money.isCurrency(lower)) {
            throw StripeError.invalid(
                    null,
                    "Invalid currency: " + given
                            + ". Stripe currently supports these currencies: usd, aed, aud, eur, gbp, jpy, kwd and"
                            + " others.",
                    "currency");
        }
        return lower;
    }

    /**
     * Checks that an amount can be charged.
     *
     * @throws StripeError 400 when it is too small, too large or between what the currency has
     */
    public static void chargeable(long amount, String currency, String param) {
        if (amount < Money.lowest(currency)) {
            throw StripeError.invalid(
                    "amount_too_small",
                    "Amount must be at least " + Money.text(Money.lowest(currency), currency) + ".",
                    param);
        }
        size(amount, currency, param);
    }

    /**
     * Checks an amount that may be small, such as a price or a transfer.
     *
     * @throws StripeError 400 when it is too large or between what the currency has
     */
    public static void size(long amount, String currency, String param) {
        if (amount > Money.HIGHEST) {
            throw StripeError.invalid(
                    "amount_too_large",
                    "Amount must be no more than " + Money.text(Money.HIGHEST, currency) + ".",
                    param);
        }
        if (amount % Money.step(currency) != 0) {
            throw StripeError.invalid(
                    null,
                    "Invalid amount. Three-decimal currencies such as " + currency
                            + " must be divisible by 10: the last digit is always 0.",
                    param);
        }
    }
}
