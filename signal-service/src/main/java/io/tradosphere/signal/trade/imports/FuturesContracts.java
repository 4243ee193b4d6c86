package io.tradosphere.signal.trade.imports;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a point of a futures contract is worth, from the contract specifications of CME Group. */
final class FuturesContracts {

    private static final Map<String, String> WORTHS = Map.ofEntries(
            Map.entry("ES", "50"),
            Map.entry("MES", "5"),
            Map.entry("NQ", "20"),
            Map.entry("MNQ", "2"),
            Map.entry("YM", "5"),
            Map.entry("MYM", "0.5"),
            Map.entry("RTY", "50"),
            Map.entry("M2K", "5"),
            Map.entry("CL", "1000"),
            Map.entry("MCL", "100"),
            Map.entry("QM", "500"),
            Map.entry("NG", "10000"),
            Map.entry("GC", "100"),
            Map.entry("MGC", "10"),
            Map.entry("SI", "5000"),
            Map.entry("SIL", "1000"),
            Map.entry("HG", "25000"),
            Map.entry("PL", "50"),
            Map.entry("ZB", "1000"),
            Map.entry("ZN", "1000"),
            Map.entry("ZF", "1000"),
            Map.entry("6E", "125000"),
            Map.entry("M6E", "12500"),
            Map.entry("6B", "62500"),
            Map.entry("6A", "100000"),
            Map.entry("6C", "100000"),
            Map.entry("MBT", "0.1"),
            Map.entry("MET", "0.1"));

    /** A root, and the month and the year of its delivery, such as {@code MNQH6} or {@code ES 03-26}. */
    private static final Pattern CONTRACT = Pattern.compile("([A-Z0-9]{1,3}?)([FGHJKMNQUVXZ][0-9]{1,2}|\\s.*)?");

    private FuturesContracts() {}

    /** What a point of the contract is worth; null when that is not known. */
    static BigDecimal worth(String contract) {
        Matcher parts = CONTRACT.matcher(contract.toUpperCase(Locale.ROOT));
        String worth = parts.matches() ? WORTHS.get(parts.group(1)) : null;
        return worth == null ? null : new BigDecimal(worth);
    }
}
