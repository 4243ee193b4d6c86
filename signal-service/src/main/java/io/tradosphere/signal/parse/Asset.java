package io.tradosphere.signal.parse;

/**
 * A traded asset, as read from a text.
 *
 * @param symbol as a signal has it, such as {@code BTC/USD}
 * @param type {@code crypto}, {@code stocks}, {@code futures} or {@code forex}
 * @param base the symbol without its quote currency
 * @param uncertainty why it is uncertain; null when it is certain
 */
record Asset(String symbol, String type, String base, String uncertainty) {

    /** What it is about: pairs of currencies differ by either, other assets by what is traded alone. */
    String subject() {
        return type.equals("forex") ? symbol : AssetDictionary.single(base);
    }

    Asset uncertain(String why) {
        return new Asset(symbol, type, base, why);
    }
}
