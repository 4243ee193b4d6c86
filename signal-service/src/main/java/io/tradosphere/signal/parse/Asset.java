package io.tradosphere.signal.parse;

/**
 * What is traded.
 *
 * @param symbol as a signal has it, such as {@code BTC/USD}
 * @param type {@code crypto}, {@code stocks}, {@code futures} or {@code forex}
 * @param base the symbol without what it is quoted in
 * @param doubt what makes it unsure; null when nothing does
 */
record Asset(String symbol, String type, String base, String doubt) {

    Asset doubted(String why) {
        return new Asset(symbol, type, base, why);
    }
}
