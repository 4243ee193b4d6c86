package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.AssetDictionary.Entry;
import io.tradosphere.signal.parse.AssetDictionary.Kind;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds the asset that a text is about. */
final class AssetFinder {

    private static final String FIELD = "assetSymbol";

    /** The best rank: a pair, or a symbol with a sign before it. */
    private static final int PLAIN = 0;

    private static final int KNOWN = 1;
    /** A symbol that is also a word, in a place where a symbol is expected. */
    private static final int LIKELY = 2;

    private static final int AFTER_DIRECTION = 3;
    private static final int IN_CAPITALS = 4;
    private static final int LONGEST_UNKNOWN = 10;
    private static final Pattern SYMBOL = Pattern.compile("[A-Z]{1,10}|[A-Z]{3,8}\\d{1,2}");

    private final List<Token> tokens;
    private final Directions directions;
    private final boolean allCapitals;
    private final BitSet taken = new BitSet();
    private final List<Candidate> candidates = new ArrayList<>();

    AssetFinder(List<Token> tokens, Directions directions) {
        this.tokens = tokens;
        this.directions = directions;
        this.allCapitals = tokens.stream().noneMatch(token -> token instanceof Word word && isNoCapitals(word.text()));
        for (int i = 0; i < tokens.size(); ) {
            i += scan(i);
        }
    }

    private static boolean isNoCapitals(String text) {
        return Character.isLetter(text.codePointAt(0))
                && (!text.equals(text.toUpperCase(Locale.ROOT)) || text.equals(text.toLowerCase(Locale.ROOT)));
    }

    /**
     * A place that names an asset.
     *
     * @param at its first token
     * @param subject the asset, the same for all names and quote currencies of it
     */
    record Mention(int at, String subject) {}

    /** The places that name a known asset, in the order of the text; if there are none, those of unknown ones. */
    List<Mention> mentions() {
        boolean known = candidates.stream().anyMatch(candidate -> candidate.rank <= LIKELY);
        return candidates.stream()
                .filter(candidate -> candidate.rank <= (known ? LIKELY : AFTER_DIRECTION))
                .map(candidate -> new Mention(candidate.at, candidate.asset.subject()))
                .toList();
    }

    private record Candidate(Asset asset, int rank, boolean expected, int at) {}

    /** Whether the token at this place is part of an asset's name. */
    boolean hasTaken(int index) {
        return index < tokens.size() && taken.get(index);
    }

    /**
     * The asset; null when the text names none.
     *
     * @param uncertainties receives what is uncertain
     */
    Asset decide(List<Uncertainty> uncertainties) {
        Candidate best = candidates.stream()
                .min(Comparator.comparingInt(Candidate::rank)
                        .thenComparing(candidate -> !candidate.expected)
                        .thenComparingInt(Candidate::at))
                .orElse(null);
        if (best == null) {
            uncertainties.add(new Uncertainty(FIELD, "the text names no asset that is known here"));
            return null;
        }
        if (best.asset.uncertainty() != null) {
            uncertainties.add(new Uncertainty(FIELD, best.asset.uncertainty()));
        }
        candidates.stream()
                .filter(other ->
                        other.rank == best.rank && !other.asset.subject().equals(best.asset.subject()))
                .findFirst()
                .ifPresent(other -> uncertainties.add(new Uncertainty(
                        FIELD, other.asset.symbol() + " is named too; " + best.asset.symbol() + " is taken")));
        return best.asset;
    }

    /** Looks for a name that begins at this token; returns the number of tokens consumed. */
    private int scan(int i) {
        if (tokens.get(i) instanceof NumberToken number && !number.unit().isEmpty()) {
            Entry entry = AssetDictionary.entry(number.digits() + number.unit());
            return entry == null ? 1 : add(AssetDictionary.asset(entry), KNOWN, i, 1);
        }
        if (!(tokens.get(i) instanceof Word word) || word.sigil() == '@') {
            return 1;
        }
        if (i + 2 < tokens.size()
                && tokens.get(i + 1) instanceof Mark mark
                && tokens.get(i + 2) instanceof Word second
                && (word.level() == null || AssetDictionary.entry(word.key()) != null)) {
            Asset pair = pair(word, mark, second);
            if (pair != null) {
                return add(pair, PLAIN, i, 3);
            }
        }
        return single(word, i);
    }

    private Asset pair(Word base, Mark mark, Word quote) {
        String key = quote.key().endsWith(".P")
                ? quote.key().substring(0, quote.key().length() - 2)
                : quote.key();
        boolean glued = !mark.spaceBefore() && !quote.spaceBefore();
        Entry entry = AssetDictionary.entry(base.key());
        if (mark.sign() == Sign.EQUALS && glued && key.equals("F")) {
            return entry != null && entry.kind() == Kind.FUTURE ? AssetDictionary.asset(entry) : null;
        }
        if (mark.sign() == Sign.DASH && glued && (key.equals("PERP") || key.equals("SWAP"))) {
            return entry == null ? null : AssetDictionary.asset(entry);
        }
        boolean pairs = mark.sign() == Sign.SLASH && (glued || entry != null)
                || mark.sign() == Sign.DASH && glued && (entry != null || base.inCapitals());
        return pairs ? AssetDictionary.pair(base.key(), key) : null;
    }

    private int single(Word word, int i) {
        String key = word.key();
        Entry entry = AssetDictionary.entry(key);
        boolean marked = word.sigil() == '$' || word.sigil() == '#';
        if (entry != null && AssetDictionary.asset(entry) != null) {
            Integer rank = rank(word, entry, marked, i);
            Asset asset = AssetDictionary.asset(entry);
            Asset found = entry.isVague() ? asset.uncertain(word.text() + " is taken for " + asset.symbol()) : asset;
            return rank == null ? 1 : add(found, rank, i, 1);
        }
        if (entry != null) {
            return 1;
        }
        Asset joined = AssetDictionary.joined(key);
        Asset asset =
                joined == null && (word.inCapitals() || word.sigil() != 0) ? AssetDictionary.contract(key) : joined;
        if (asset != null) {
            return add(asset, PLAIN, i, 1);
        }
        return isSymbolLike(key) ? unknown(word, i) : 1;
    }

    /** The rank of the word as this asset; null when it is an ordinary word. */
    private Integer rank(Word word, Entry entry, boolean marked, int i) {
        if (entry.isOrdered()) {
            boolean ordered = i > 0 && tokens.get(i - 1) instanceof Word order && order.is(Sense.COMMA);
            return ordered && directions.pointsAt(i - 1) ? KNOWN : null;
        }
        if (marked || word.sigil() == '/' && entry.kind() == Kind.FUTURE) {
            return PLAIN;
        }
        if (!entry.isWord()) {
            return KNOWN;
        }
        boolean capitals = word.inCapitals()
                && !allCapitals
                && word.text().length() > 1
                && word.senses().isEmpty();
        if (capitals) {
            return KNOWN;
        }
        return isExpected(i) && word.senses().isEmpty() ? LIKELY : null;
    }

    private int unknown(Word word, int i) {
        String key = word.key();
        if (word.sigil() == '$') {
            return add(stock(key, key + " is not known here; taken for a stock, as the $ says"), PLAIN, i, 1);
        }
        if (!word.senses().isEmpty()) {
            return 1;
        }
        String uncertainty = key + " is not known here; taken for a stock";
        if (isExpected(i) && (word.inCapitals() || leadsToPrice(i + 1))) {
            return add(stock(key, uncertainty), AFTER_DIRECTION, i, 1);
        }
        int longest = directions.pointsAt(i + 1) ? LONGEST_UNKNOWN : 6;
        boolean capitals = word.inCapitals() && !allCapitals && key.length() >= 2 && key.length() <= longest;
        return capitals ? add(stock(key, uncertainty), IN_CAPITALS, i, 1) : 1;
    }

    private static Asset stock(String symbol, String uncertainty) {
        return new Asset(symbol, "stocks", symbol, uncertainty);
    }

    private int add(Asset asset, int rank, int at, int length) {
        if (asset != null) {
            candidates.add(new Candidate(asset, rank, isExpected(at), at));
            taken.set(at, at + length);
        }
        return length;
    }

    /** Whether the token follows a direction word, or a quantity after one. */
    private boolean isExpected(int i) {
        int before = i - 1;
        while (before >= 0
                && before >= i - 3
                && (tokens.get(before) instanceof NumberToken || isArticle(tokens.get(before)))) {
            before--;
        }
        return directions.pointsAt(before);
    }

    private static boolean isArticle(Token token) {
        return token instanceof Word word
                        && (word.key().equals("OF")
                                || word.key().equals("SOME")
                                || word.key().equals("ON"))
                || token instanceof Mark mark && mark.sign() == Sign.COLON;
    }

    private boolean leadsToPrice(int i) {
        if (i >= tokens.size() || tokens.get(i) instanceof NumberToken) {
            return true;
        }
        return tokens.get(i) instanceof Mark mark && mark.sign() != Sign.DASH && !mark.ends()
                || tokens.get(i) instanceof Word word && word.level() != null;
    }

    private static boolean isSymbolLike(String key) {
        return key.length() <= LONGEST_UNKNOWN && SYMBOL.matcher(key).matches();
    }
}
