package io.tradosphere.signal.parse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The dictionary of assets and their names, read from {@code assets.txt} beside this class. */
final class AssetDictionary {

    /** The kind of an asset. */
    enum Kind {
        CURRENCY,
        METAL,
        STABLE,
        CRYPTO,
        FUTURE,
        STOCK
    }

    /**
     * A name of an asset.
     *
     * @param isWord whether it is also an ordinary word
     * @param isVague whether it may mean something else
     * @param isOrdered whether it counts only right after an order in a language other than English
     */
    record Entry(Kind kind, String symbol, boolean isWord, boolean isVague, boolean isOrdered) {}

    private static final Map<String, Entry> ENTRIES = read();
    private static final Set<Kind> QUOTES = Set.of(Kind.CURRENCY, Kind.STABLE);
    private static final List<String> CRYPTO_QUOTES = List.of("BTC", "ETH", "BNB");
    private static final int LONGEST_SYMBOL = 20;
    private static final Set<String> THOUSANDS = Set.of("1000", "10000", "100000", "1000000");
    private static final String MONTHS = "FGHJKMNQUVXZ";

    private AssetDictionary() {}

    /** The entry of a name; null when there is none. */
    static Entry entry(String key) {
        return known(key);
    }

    /** Whether it is a quote currency. */
    static boolean isQuote(String key) {
        Entry entry = ENTRIES.get(key);
        return entry != null && QUOTES.contains(entry.kind()) || CRYPTO_QUOTES.contains(key);
    }

    /** The asset of an entry that trades without a quote currency; null for a currency. */
    static Asset asset(Entry entry) {
        String symbol = entry.symbol();
        return switch (entry.kind()) {
            case CURRENCY, STABLE -> null;
            case METAL -> new Asset(symbol + "/USD", "forex", symbol, null);
            case CRYPTO -> new Asset(symbol, "crypto", symbol, null);
            case FUTURE -> new Asset(symbol, "futures", symbol, null);
            case STOCK -> new Asset(symbol, "stocks", symbol, null);
        };
    }

    /** The pair of a base and a quote currency, both upper case; null when it is no pair. */
    static Asset pair(String base, String quote) {
        Entry entry = known(base);
        if (!isQuote(quote)
                || base.equals(quote)
                || base.isEmpty()
                || base.length() > LONGEST_SYMBOL
                || !isPlain(base)) {
            return null;
        }
        Kind kind = entry == null ? null : entry.kind();
        String symbol = (entry == null ? base : entry.symbol()) + "/" + quote;
        String of = entry == null ? base : entry.symbol();
        if (kind == Kind.CURRENCY || kind == Kind.METAL) {
            return new Asset(symbol, isCrypto(quote) ? "crypto" : "forex", of, null);
        }
        if (kind == Kind.CRYPTO || kind == Kind.STABLE || isCrypto(quote)) {
            return new Asset(symbol, "crypto", of, null);
        }
        if (kind == Kind.STOCK || kind == Kind.FUTURE) {
            return asset(entry);
        }
        return new Asset(symbol, "crypto", of, base + " is not known here; taken for a crypto asset");
    }

    /** A pair written as one word, such as {@code BTCUSDT}, {@code EURUSD} or {@code ETHPERP}; null when it is none. */
    static Asset joined(String key) {
        String word = key.endsWith(".P") ? key.substring(0, key.length() - 2) : key;
        if (word.endsWith("PERP") && ENTRIES.containsKey(word.substring(0, word.length() - 4))) {
            return asset(ENTRIES.get(word.substring(0, word.length() - 4)));
        }
        for (int length = 3; length <= 5 && length < word.length() - 1; length++) {
            String base = word.substring(0, word.length() - length);
            String quote = word.substring(word.length() - length);
            if (!isQuote(quote) || ENTRIES.containsKey(quote) && base.length() < 2) {
                continue;
            }
            Entry known = known(base);
            boolean fits = known != null && known.kind() != Kind.STOCK && known.kind() != Kind.FUTURE
                    || known == null && quote.startsWith("USD") && quote.length() == 4;
            if (fits) {
                return pair(base, quote);
            }
        }
        return null;
    }

    /**
     * A futures contract with its month, such as {@code ESZ5}, or the continuous one, {@code ES1}; null when it is
     * none.
     */
    static Asset contract(String key) {
        int letters = key.length();
        while (letters > 0 && key.charAt(letters - 1) >= '0' && key.charAt(letters - 1) <= '9') {
            letters--;
        }
        int digits = key.length() - letters;
        if (letters < 2 || digits == 0 || digits > 4) {
            return null;
        }
        Entry root = ENTRIES.get(key.substring(0, letters - 1));
        if (root != null && root.kind() == Kind.FUTURE && MONTHS.indexOf(key.charAt(letters - 1)) >= 0 && digits != 3) {
            return new Asset(key, "futures", root.symbol(), null);
        }
        Entry continuous = ENTRIES.get(key.substring(0, letters));
        boolean first = digits == 1 && key.charAt(letters) <= '2' && continuous != null;
        return first && continuous.kind() == Kind.FUTURE ? asset(continuous) : null;
    }

    /** Whether it is a symbol that begins with digits, such as {@code 1000PEPEUSDT}; no number with a unit is. */
    static boolean beginsWithDigits(String key) {
        Entry entry = known(key);
        return entry != null && (ENTRIES.containsKey(key) || entry.kind() == Kind.CRYPTO)
                || mayBeginWithDigits(key) && joined(key) != null;
    }

    /** Whether letters follow the digits that are no unit of a price. */
    static boolean mayBeginWithDigits(String key) {
        String letters = withoutDigits(key);
        return !letters.isEmpty()
                && letters.length() < key.length()
                && isPlain(key)
                && !NumberReader.isPriceUnit(letters)
                && !(letters.length() > 1 && NumberReader.isPriceUnit(letters.substring(1)));
    }

    /** The entry of a name, or of the asset that a contract counts by the thousand, such as {@code 1000PEPE}. */
    private static Entry known(String key) {
        Entry entry = ENTRIES.get(key);
        if (entry != null || !key.startsWith("10")) {
            return entry;
        }
        Entry single = ENTRIES.get(withoutDigits(key));
        boolean thousands = THOUSANDS.contains(
                key.substring(0, key.length() - withoutDigits(key).length()));
        return thousands && single != null && single.kind() == Kind.CRYPTO
                ? new Entry(Kind.CRYPTO, key, false, true, false)
                : null;
    }

    /** The asset of a symbol that may count it by the thousand: PEPE for 1000PEPE. */
    static String single(String base) {
        return base.startsWith("10") && !withoutDigits(base).isEmpty() ? withoutDigits(base) : base;
    }

    private static String withoutDigits(String key) {
        int digits = 0;
        while (digits < key.length() && key.charAt(digits) >= '0' && key.charAt(digits) <= '9') {
            digits++;
        }
        return key.substring(digits);
    }

    private static boolean isCrypto(String quote) {
        Entry entry = ENTRIES.get(quote);
        return entry != null && (entry.kind() == Kind.CRYPTO || entry.kind() == Kind.STABLE);
    }

    private static boolean isPlain(String base) {
        return base.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9');
    }

    private static Map<String, Entry> read() {
        Map<String, Entry> entries = new HashMap<>();
        try (InputStream file = AssetDictionary.class.getResourceAsStream("assets.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(entries, line.strip().split("\\s+"));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("assets.txt cannot be read", unreadable);
        }
        return Map.copyOf(entries);
    }

    private static void add(Map<String, Entry> entries, String[] words) {
        Kind kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT));
        String symbol = plain(words[1]);
        for (int i = 1; i < words.length; i++) {
            entries.putIfAbsent(
                    plain(words[i]),
                    new Entry(kind, symbol, words[i].contains("*"), words[i].contains("?"), words[i].contains("^")));
        }
    }

    private static String plain(String name) {
        return Vocabulary.key(name.replace("*", "").replace("?", "").replace("^", ""));
    }
}
