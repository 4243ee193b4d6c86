package io.tradosphere.signal.trade.imports;

import java.util.Set;
import java.util.regex.Pattern;

/** Infers the type of an asset from a broker's symbol where the file does not state it. */
final class AssetTypes {

    /** A broker may append a suffix to a symbol, such as {@code EURUSD.m}. */
    private static final Pattern PAIR = Pattern.compile("[A-Z]{6}.{0,4}");

    private static final Set<String> CURRENCIES = Set.of(
            "AUD", "CAD", "CHF", "CNH", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "JPY", "MXN", "NOK", "NZD", "PLN",
            "SEK", "SGD", "TRY", "USD", "XAG", "XAU", "ZAR");
    private static final Pattern COIN = Pattern.compile("(BTC|ETH|LTC|XRP|BCH|SOL|ADA|DOGE|DOT|BNB|XLM|LINK|AVAX).*");

    private static final Pattern COMMODITY = Pattern.compile(".*OIL.*|WTI.*|BRENT.*|N(AT)?GAS.*|COPPER.*");

    /** Symbols of indices contain digits; symbols of shares end with an exchange. */
    private static final Pattern SHARE = Pattern.compile("#?[A-Z]{1,5}(\\.[A-Z]{1,4})?");

    private static final Set<String> METALS = Set.of("XAG", "XAU");

    private AssetTypes() {}

    /** Whether it is a pair of currencies, such as {@code EURUSD} and {@code USD/JPY}, of which no price is in the thousands. */
    static boolean isCurrencyPair(String symbol) {
        String pair = symbol.replace("/", "").replace(".", "");
        return pair.length() == 6
                && CURRENCIES.contains(pair.substring(0, 3))
                && CURRENCIES.contains(pair.substring(3))
                && !METALS.contains(pair.substring(0, 3))
                && !METALS.contains(pair.substring(3));
    }

    /** The asset type of a MetaTrader symbol, in upper case. */
    static String ofMetaTrader(String symbol) {
        if (PAIR.matcher(symbol).matches()
                && CURRENCIES.contains(symbol.substring(0, 3))
                && CURRENCIES.contains(symbol.substring(3, 6))) {
            return "forex";
        }
        if (COIN.matcher(symbol).matches()) {
            return "crypto";
        }
        boolean isShare =
                SHARE.matcher(symbol).matches() && !COMMODITY.matcher(symbol).matches();
        return isShare ? "stocks" : "futures";
    }
}
