package io.tradosphere.signal.market;

/** SQL about the last tick of a symbol, which decides only while it is fresh: no older than 15 minutes. */
public final class FreshTick {

    /**
     * Lets the ticks of symbol {@code $1} that are being taken down come first, and those that follow wait for this transaction:
     * a call is either seen by the first tick that comes after it, or sees the last that came before.
     */
    public static final String AWAIT_TICKS =
            "SELECT FROM pg_advisory_xact_lock_shared(hashtextextended($1, " + FreshTick.SEED + "))";

    /** The rows of {@code last_prices l} that count. */
    public static final String FRESH = " l.ticked_at > now() - INTERVAL '15 minutes' ";

    /** Keeps these locks apart from any other kind of advisory lock. */
    static final long SEED = 5_417_930_662_114L;

    private FreshTick() {}
}
