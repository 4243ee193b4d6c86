package io.tradosphere.acceptance;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A transaction that waits in its COMMIT, by a deferred trigger of the test's. After the kill it is rolled back, as if the
 * service had died just before; or it is committed, and the service has died before it heard of that.
 */
final class CommitHalt implements Halt {

    /** The first number of the advisory locks. */
    private static final int LOCKS = 4711;

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String WAITING =
            "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = " + LOCKS
                    + " AND objid = ?";

    private final LoneBilling billing;
    private final String change;
    private final String table;
    private final String condition;
    private final boolean committed;
    private final int number = NUMBERS.incrementAndGet();
    private Connection holder;

    private CommitHalt(LoneBilling billing, String change, String table, String condition, boolean committed) {
        this.billing = billing;
        this.change = change;
        this.table = table;
        this.condition = condition;
        this.committed = committed;
    }

    /**
     * Waits in the COMMIT of a change, which is then rolled back.
     *
     * @param change {@code INSERT}, {@code UPDATE} or {@code DELETE}
     * @param condition which row, by {@code NEW} or {@code OLD}
     */
    static CommitHalt rolledBack(LoneBilling billing, String change, String table, String condition) {
        return new CommitHalt(billing, change, table, condition, false);
    }

    /** Waits in the COMMIT of a change, which is then committed. */
    static CommitHalt committed(LoneBilling billing, String change, String table, String condition) {
        return new CommitHalt(billing, change, table, condition, true);
    }

    @Override
    public void arm() {
        try {
            holder = billing.database().connect();
            try (PreparedStatement lock = holder.prepareStatement("SELECT pg_advisory_lock(?, ?)")) {
                lock.setInt(1, LOCKS);
                lock.setInt(2, number);
                lock.execute();
            }
            try (Statement statement = holder.createStatement()) {
                // Of its owner's rights: the services may take no advisory lock.
                statement.execute("""
                        CREATE OR REPLACE FUNCTION public.halt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                        BEGIN PERFORM pg_advisory_xact_lock(%d, TG_ARGV[0]::integer); RETURN NULL; END $$
                        """.formatted(LOCKS));
                statement.execute("""
                        CREATE CONSTRAINT TRIGGER halt_%d AFTER %s ON billing.%s DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW WHEN (%s) EXECUTE FUNCTION public.halt(%d)
                        """.formatted(number, change, table, condition, number));
            }
        } catch (SQLException e) {
            throw new AssertionError(toString(), e);
        }
    }

    @Override
    public boolean isReached() {
        return !billing.column(WAITING, number).isEmpty();
    }

    @Override
    public void letGo() {
        if (!committed) {
            // One that waited for this one's row may come to wait here too.
            await().until(() -> billing.column(
                            "SELECT pg_terminate_backend(pid) FROM (" + WAITING + ") AS waiting", number)
                    .isEmpty());
        }
        try {
            // Ends the lock.
            holder.close();
        } catch (SQLException e) {
            throw new AssertionError(toString(), e);
        }
        await().until(() -> !isReached());
    }

    /** Waits for the transactions that go on. */
    @Override
    public void disarm() {
        billing.execute("DROP TRIGGER halt_" + number + " ON billing." + table);
    }

    @Override
    public String toString() {
        return (committed ? "committed " : "rolled back ") + change + " of " + table + " where " + condition;
    }
}
