package io.tradosphere.stripefake.state;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Stripe's rules for currencies. Amounts are in the smallest unit: cents for USD, whole yen for JPY, thousandths for
 * KWD. See Stripe's page "Supported currencies".
 */
public final class Money {

    /** The highest amount of a charge: eight digits. */
    public static final long HIGHEST = 99_999_999;

    private static final Set<String> NO_DECIMALS = Set.of(
            "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf");
    private static final Set<String> THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");
    private static final Map<String, Long> LOWEST = Map.ofEntries(
            Map.entry("usd", 50L),
            Map.entry("aed", 200L),
            Map.entry("aud", 50L),
            Map.entry("brl", 50L),
            Map.entry("cad", 50L),
            Map.entry("chf", 50L),
            Map.entry("czk", 1500L),
            Map.entry("dkk", 250L),
            Map.entry("eur", 50L),
            Map.entry("gbp", 30L),
            Map.entry("hkd", 400L),
            Map.entry("huf", 17500L),
            Map.entry("inr", 50L),
            Map.entry("jpy", 50L),
            Map.entry("mxn", 1000L),
            Map.entry("nok", 300L),
            Map.entry("nzd", 50L),
            Map.entry("pln", 200L),
            Map.entry("sek", 300L),
            Map.entry("sgd", 50L),
            Map.entry("thb", 1000L));

    private Money() {}

    /** Whether Stripe knows this lower-case code. */
    public static boolean isCurrency(String code) {
        try {
            return code.equals(code.toLowerCase(Locale.ROOT))
                    && Currency.getInstance(code.toUpperCase(Locale.ROOT)).getDefaultFractionDigits() >= 0;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    /** How many decimals an amount has: 0, 2 or 3. */
    public static int decimals(String currency) {
        return NO_DECIMALS.contains(currency) ? 0 : THREE_DECIMALS.contains(currency) ? 3 : 2;
    }

    /** The lowest amount that can be charged. */
    public static long lowest(String currency) {
        return LOWEST.getOrDefault(currency, decimals(currency) == 3 ? 10L : 1L);
    }

    /** What an amount must be divisible by: three-decimal currencies are charged in tens. */
    public static long step(String currency) {
        return decimals(currency) == 3 ? 10 : 1;
    }

    /** A part of an amount, rounded half up (away from zero) to what can be charged. */
    public static long part(long amount, BigDecimal share, String currency) {
        BigDecimal step = BigDecimal.valueOf(step(currency));
        return BigDecimal.valueOf(amount)
                .multiply(share)
                .divide(step, 0, RoundingMode.HALF_UP)
                .multiply(step)
                .longValueExact();
    }

    /** An amount as people read it, such as {@code 10.00 USD}. */
    public static String text(long amount, String currency) {
        return BigDecimal.valueOf(amount, decimals(currency)).toPlainString() + " " + currency.toUpperCase(Locale.ROOT);
    }
}
