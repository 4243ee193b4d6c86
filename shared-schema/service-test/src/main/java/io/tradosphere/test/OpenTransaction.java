package io.tradosphere.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A superuser's transaction that stays open, so that a test decides what else happens before it is committed. */
public final class OpenTransaction implements AutoCloseable {

    private final Connection connection;
    private final long pid;

    private OpenTransaction(Connection connection, long pid) {
        this.connection = connection;
        this.pid = pid;
    }

    /**
     * Begins one in the slice's schema with these statements, whose locks it then holds.
     *
     * @param names what each {@code $name} stands for, as in {@link Sql#script}
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

    /** Awaits that another transaction waits for a lock of this one. */
    public void awaitSomebodyBehind() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))",
                                        pid)
                        > 0);
    }

    /** Runs more statements, as {@link #of} does. */
    public void execute(String statements, Map<String, ?> names) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(Sql.named(statements, names));
        }
    }

    /** Commits; whoever waited goes on. */
    public void commit() throws SQLException {
        connection.commit();
    }

    /** Undoes what was not committed. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
