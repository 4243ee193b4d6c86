package io.tradosphere.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** An open transaction of the superuser, which a test commits when it wants to. */
public final class OpenTransaction implements AutoCloseable {

    private final Connection connection;
    private final long pid;

    private OpenTransaction(Connection connection, long pid) {
        this.connection = connection;
        this.pid = pid;
    }

    /**
     * Begins a transaction in the slice's schema and runs statements, whose locks it then holds.
     *
     * @param names the values of each {@code $name}, as in {@link Sql#script}
     */
    public static OpenTransaction of(String statements, Map<String, ?> names) throws SQLException {
        var superuser = SliceStack.database().superuser();
        Connection connection =
                DriverManager.getConnection(SliceStack.database().jdbcUrl(), superuser.user(), superuser.password());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET LOCAL search_path = " + SliceStack.sliceUnderTest().schema() + ", auth, pg_catalog");
            statement.execute(Sql.named(statements, names));
            try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                return new OpenTransaction(connection, row.getLong(1));
            }
        }
    }

    /** Waits until another transaction is blocked by this one. */
    public void awaitSomebodyBehind() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> blockedTransactions() > 0);
    }

    /** How many transactions are blocked by this one. */
    public long blockedTransactions() {
        return Sql.asSuperuser()
                .number("SELECT count(*) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))", pid);
    }

    /** Runs more statements, as {@link #of} does. */
    public void execute(String statements, Map<String, ?> names) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(Sql.named(statements, names));
        }
    }

    /** Commits, and so releases its locks. */
    public void commit() throws SQLException {
        connection.commit();
    }

    /** Rolls back what was not committed. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
