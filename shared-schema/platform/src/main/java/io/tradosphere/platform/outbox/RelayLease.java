package io.tradosphere.platform.outbox;

import io.tradosphere.platform.db.Slice;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The right to publish a slice's outbox: a session advisory lock, which dies with the connection that took it. The outbox is
 * read and deleted on that very connection, so a relay that has lost the lock can no longer delete anything.
 */
final class RelayLease implements AutoCloseable {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(15);

    private final SqlConnection connection;

    private RelayLease(SqlConnection connection) {
        this.connection = connection;
    }

    /**
     * Takes the lease if no other replica has it.
     *
     * @param wake called when another replica says it has committed, and when the lease is lost with its connection
     * @return the lease, or null when it is taken
     */
    static RelayLease tryAcquire(Slice slice, Runnable wake) {
        SqlConnection connection = slice.workerConnection().await().atMost(STATEMENT_TIMEOUT);
        RelayLease lease = new RelayLease(connection);
        try {
            boolean held = lease.execute("SELECT pg_try_advisory_lock(hashtext($1))", Tuple.of(channel(slice)))
                    .iterator()
                    .next()
                    .getBoolean(0);
            if (!held) {
                await(connection.close());
                return null;
            }
            PgConnection.cast(connection).notificationHandler(notification -> wake.run());
            connection.closeHandler(lost -> wake.run());
            await(connection.query("LISTEN " + channel(slice)).execute());
            return lease;
        } catch (RuntimeException failure) {
            lease.close();
            throw failure;
        }
    }

    /** The name under which the replicas of a slice wake the one that leads. */
    static String channel(Slice slice) {
        return slice.name() + "_outbox";
    }

    RowSet<Row> execute(String sql, Tuple arguments) {
        return await(connection.preparedQuery(sql).execute(arguments));
    }

    /** Gives the lease back. A connection that is already lost has given it back by itself. */
    @Override
    public void close() {
        connection
                .query("UNLISTEN *; SELECT pg_advisory_unlock_all()")
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
            throw new RelayTrouble("the database says: " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException slow) {
            throw new RelayTrouble("the database has not answered for " + STATEMENT_TIMEOUT.toSeconds() + " s", slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RelayTrouble("interrupted", interrupted);
        }
    }
}
