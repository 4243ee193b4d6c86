package io.tradosphere.billing.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money, counted as Stripe counts it. The API shows it as a decimal string.
 *
 * @param minorUnits how many of Stripe's units, such as cents; never negative
 * @param currency the currency
 */
public record Money(long minorUnits, StripeCurrency currency) {

    /** Stripe takes at most eight digits. */
    public static final long MOST_MINOR_UNITS = 99_999_999;

    /** Refuses a negative amount: a refund is an amount of its own kind. */
    public Money {
        if (minorUnits < 0) {
            throw new IllegalArgumentException("An amount of money is not negative: " + minorUnits);
        }
    }

    /**
     * Reads an amount of the API.
     *
     * @throws InvalidAmount when it is not above zero, too large, or finer than the currency allows
     */
    public static Money price(BigDecimal amount, StripeCurrency currency) {
        BigDecimal units = amount.movePointRight(currency.stripeDigits());
        if (amount.signum() <= 0
                || units.compareTo(BigDecimal.valueOf(MOST_MINOR_UNITS)) > 0
                || units.remainder(BigDecimal.valueOf(currency.step())).signum() != 0) {
            throw new InvalidAmount("is a multiple of " + text(currency.step(), currency) + " from "
                    + text(currency.step(), currency) + " to "
                    + text(MOST_MINOR_UNITS / currency.step() * currency.step(), currency) + " in " + currency.code());
        }
        return new Money(units.longValueExact(), currency);
    }

    /**
     * Reads an amount of Stripe's.
     *
     * @param currency the code as Stripe writes it
     * @throws InvalidAmount when the currency is unknown
     */
    public static Money ofStripe(long minorUnits, String currency) {
        return new Money(
                minorUnits,
                StripeCurrency.of(currency)
                        .orElseThrow(() -> new InvalidAmount("has an unknown currency " + currency)));
    }

    /** The amount with the currency's digits; with Stripe's where it is finer than that. */
    public BigDecimal decimal() {
        return decimal(minorUnits, currency);
    }

    /** The part of this amount, rounded to Stripe's unit, half up. */
    public Money percent(BigDecimal percent) {
        return new Money(
                BigDecimal.valueOf(minorUnits)
                        .multiply(percent)
                        .movePointLeft(2)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact(),
                currency);
    }

    @Override
    public String toString() {
        return decimal().toPlainString();
    }

    private static String text(long minorUnits, StripeCurrency currency) {
        return decimal(minorUnits, currency).toPlainString();
    }

    private static BigDecimal decimal(long minorUnits, StripeCurrency currency) {
        BigDecimal exact = BigDecimal.valueOf(minorUnits, currency.stripeDigits());
        BigDecimal shortest = exact.stripTrailingZeros();
        return shortest.scale() <= currency.digits() ? exact.setScale(currency.digits()) : exact;
    }

    /** Thrown for an amount that is no price; the message says what is. */
    public static final class InvalidAmount extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        InvalidAmount(String message) {
            super(message);
        }
    }
}
