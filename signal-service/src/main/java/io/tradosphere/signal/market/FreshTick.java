package io.tradosphere.signal.market;

/** SQL about the last tick of a symbol. It decides only while it is fresh: no older than 15 minutes. */
public final class FreshTick {

    /**
     * Waits for ticks of symbol {@code $1} that are being stored, and makes later ones wait for this transaction. So a
     * new signal is either seen by the next tick, or sees the last one.
     */
    public static final String AWAIT_TICKS = "SELECT FROM auth.lock_shared('tick:' || $1)";

    /** The condition on {@code last_prices l} for a fresh tick. */
    public static final String FRESH = " l.ticked_at > now() - INTERVAL '15 minutes' ";

    private FreshTick() {}
}
