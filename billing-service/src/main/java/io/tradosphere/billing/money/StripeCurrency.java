package io.tradosphere.billing.money;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A currency that Stripe charges in, with the unit in which Stripe counts it. Source: Stripe's documentation, "Supported
 * currencies", with its sections on zero-decimal, three-decimal and special cases.
 *
 * @param code ISO 4217 code in upper case
 * @param digits decimals of an amount in the API
 * @param stripeDigits decimals of the unit in which Stripe counts
 * @param step the amount in Stripe's unit that every price is a multiple of
 */
public record StripeCurrency(String code, int digits, int stripeDigits, int step) {

    private static final List<String> WHOLE = codes("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF");
    /** Whole, but counted by Stripe in hundredths, for reasons of compatibility. */
    private static final List<String> WHOLE_IN_HUNDREDTHS = codes("ISK UGX");
    /** The last of the three digits must be 0. */
    private static final List<String> THREE_DIGITS = codes("BHD JOD KWD OMR TND");

    private static final List<String> TWO_DIGITS = codes("""
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC
            CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR
            KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN
            PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TOP TRY TTD TWD TZS UAH
            USD UYU UZS WST XCD YER ZAR ZMW
            """);

    private static final Map<String, StripeCurrency> ALL = all();

    /** The currency with that code, in upper or lower case; empty when Stripe does not charge in it. */
    public static Optional<StripeCurrency> of(String code) {
        return Optional.ofNullable(ALL.get(code.toUpperCase(Locale.ROOT)));
    }

    /** The code as Stripe writes it. */
    public String stripeCode() {
        return code.toLowerCase(Locale.ROOT);
    }

    private static List<String> codes(String text) {
        return Arrays.asList(text.trim().split("\\s+"));
    }

    private static Map<String, StripeCurrency> all() {
        Map<String, StripeCurrency> all = new HashMap<>();
        TWO_DIGITS.forEach(code -> all.put(code, new StripeCurrency(code, 2, 2, 1)));
        WHOLE.forEach(code -> all.put(code, new StripeCurrency(code, 0, 0, 1)));
        WHOLE_IN_HUNDREDTHS.forEach(code -> all.put(code, new StripeCurrency(code, 0, 2, 100)));
        THREE_DIGITS.forEach(code -> all.put(code, new StripeCurrency(code, 3, 3, 10)));
        return Collections.unmodifiableMap(all);
    }
}
