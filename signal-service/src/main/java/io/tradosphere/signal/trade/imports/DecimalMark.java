package io.tradosphere.signal.trade.imports;

/** The character before the decimals of a number; the other one separates thousands. */
enum DecimalMark {
    DOT('.'),
    COMMA(',');

    private final char character;

    DecimalMark(char character) {
        this.character = character;
    }

    char character() {
        return character;
    }

    DecimalMark other() {
        return this == DOT ? COMMA : DOT;
    }
}
