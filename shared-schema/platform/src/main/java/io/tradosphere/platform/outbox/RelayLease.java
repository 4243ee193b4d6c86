package io.tradosphere.platform.outbox;

import io.tradosphere.platform.db.SliceDatabase;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A lease on publishing a slice's outbox: a lock on the table {@code relay_lease}, held by an open transaction. The lock ends with
 * the connection. A role needs the worker's grants to take the lock, so no other slice can hold the lease.
 *
 * <p>The outbox is read and deleted in the same transaction. A relay without the lock therefore cannot delete rows. A lock on a
 * table needs no transaction id, as one on a row would. So a leader that waits for events keeps no dead row of the database from
 * being removed. {@link #renew} begins a transaction every few seconds. PostgreSQL ends the transaction of a frozen relay after
 * {@code idle_in_transaction_session_timeout}.
 */
final class RelayLease implements AutoCloseable {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(15);
    /** Weaker than the default mode, which needs a transaction id where the WAL is replicated. */
    private static final String LOCK = "LOCK TABLE relay_lease IN EXCLUSIVE MODE NOWAIT";
    /** Asked first, since PostgreSQL logs each lock that is refused as an error. */
    private static final String IS_FREE = """
            SELECT NOT EXISTS (
              SELECT FROM pg_locks
              WHERE relation = 'relay_lease'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND granted AND mode <> 'AccessShareLock')
            """;
    /** SQLSTATE of a lock that another transaction holds. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final SqlConnection connection;
    private final SqlConnection listener;

    private RelayLease(SqlConnection connection, SqlConnection listener) {
        this.connection = connection;
        this.listener = listener;
    }

    /**
     * Acquires the lease if no other replica holds it.
     *
     * @param wake called after another replica's commit notification, and when the connection is lost
     * @return the lease, or null when another replica holds it
     */
    static RelayLease tryAcquire(SliceDatabase slice, Runnable wake) {
        SqlConnection connection = slice.workerConnection().await().atMost(STATEMENT_TIMEOUT);
        try {
            if (await(isFree(connection)) && await(lock(connection))) {
                connection.closeHandler(lost -> wake.run());
                return new RelayLease(connection, listen(slice, wake));
            }
            release(connection, "ROLLBACK");
            return null;
        } catch (RuntimeException failure) {
            release(connection, "ROLLBACK");
            throw failure;
        }
    }

    /** The NOTIFY channel on which the slice's replicas wake the leader. */
    static String channel(SliceDatabase slice) {
        return slice.name() + "_outbox";
    }

    /** Runs a statement in the lease's transaction. */
    RowSet<Row> execute(String sql, Tuple arguments) {
        return await(submit(sql, arguments));
    }

    /** Sends a statement without waiting. A failure also rolls back the transaction that {@link #renew} would commit. */
    Future<RowSet<Row>> submit(String sql, Tuple arguments) {
        return connection.preparedQuery(sql).execute(arguments);
    }

    /**
     * Commits what was done under the lease, and locks the row again in a new transaction. Both take one round trip.
     *
     * @return whether this relay still holds the lease; false when another replica was faster
     */
    boolean renew() {
        Future<?> committed = connection.query("COMMIT").execute();
        Future<Boolean> locked = lock(connection);
        return await(Future.join(committed, locked).compose(both -> locked));
    }

    /** Releases the lease. A lost connection has released it already. */
    @Override
    public void close() {
        release(connection, "ROLLBACK");
        release(listener, "UNLISTEN *");
    }

    private static Future<Boolean> isFree(SqlConnection connection) {
        return connection
                .preparedQuery(IS_FREE)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static Future<Boolean> lock(SqlConnection connection) {
        Future<?> begun = connection.query("BEGIN").execute();
        Future<Boolean> locked = connection
                .query(LOCK)
                .execute()
                .map(true)
                .recover(
                        failure -> isLockedOut(failure) ? Future.succeededFuture(false) : Future.failedFuture(failure));
        return Future.join(begun, locked).compose(both -> locked);
    }

    private static boolean isLockedOut(Throwable failure) {
        return failure instanceof PgException pg && LOCK_NOT_AVAILABLE.equals(pg.getSqlState());
    }

    /** A connection of its own: PostgreSQL delivers notifications between transactions only. */
    private static SqlConnection listen(SliceDatabase slice, Runnable wake) {
        SqlConnection listener = slice.workerConnection().await().atMost(STATEMENT_TIMEOUT);
        try {
            PgConnection.cast(listener).notificationHandler(notification -> wake.run());
            await(listener.query("LISTEN " + channel(slice)).execute());
            return listener;
        } catch (RuntimeException failure) {
            release(listener, "UNLISTEN *");
            throw failure;
        }
    }

    private static void release(SqlConnection connection, String reset) {
        connection
                .query(reset)
                .execute()
                .eventually(() -> connection.close())
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, 2, TimeUnit.SECONDS)
                .join();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(STATEMENT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new RelayException("database error: " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException slow) {
            throw new RelayException("no database response within " + STATEMENT_TIMEOUT.toSeconds() + " s", slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RelayException("interrupted", interrupted);
        }
    }
}
