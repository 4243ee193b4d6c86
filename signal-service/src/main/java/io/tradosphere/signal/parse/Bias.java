package io.tradosphere.signal.parse;

/** The direction that a word suggests, and how plainly. */
enum Bias {
    LONG(true, 0),
    SHORT(false, 0),
    BUY(true, 1),
    SELL(false, 1),
    BULLISH(true, 2),
    BEARISH(false, 2),
    UP(true, 3),
    DOWN(false, 3);

    private final boolean up;
    private final int rank;

    Bias(boolean up, int rank) {
        this.up = up;
        this.rank = rank;
    }

    boolean isUp() {
        return up;
    }

    /** 0 for the plainest. */
    int rank() {
        return rank;
    }
}
