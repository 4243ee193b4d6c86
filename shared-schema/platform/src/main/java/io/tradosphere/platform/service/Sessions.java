package io.tradosphere.platform.service;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** The sessions of PostgreSQL behind connections. A pooler in transaction mode gives a session to another one after each transaction. */
final class Sessions {

    /** A pooler hands out the session that was returned last, unless somebody else was faster. */
    private static final int ROUNDS = 5;

    private Sessions() {}

    /** Whether two open connections take turns on a session, or one of them does not keep its own. */
    static boolean areShared(Connection one, Connection other) throws SQLException {
        Set<Integer> processes = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            processes.add(process(one));
            processes.add(process(other));
        }
        // Each keeps one; fewer are shared, and more are exchanged.
        return processes.size() != 2;
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
