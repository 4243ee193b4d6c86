package io.tradosphere.bench.world;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table by COPY. */
final class Copy {

    private static final int CHUNK = 64 * 1024;

    private final CopyIn copy;
    private final StringBuilder pending = new StringBuilder(CHUNK + 1024);

    private Copy(CopyIn copy) {
        this.copy = copy;
    }

    /** What writes the rows. */
    @FunctionalInterface
    interface Rows {
        /** Writes them all. */
        void into(Copy copy);
    }

    /**
     * Fills a table.
     *
     * @param target the table with its columns in parentheses
     */
    static void into(Connection connection, String target, Rows rows) throws SQLException {
        Copy copy =
                new Copy(connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + target + " FROM STDIN"));
        try {
            rows.into(copy);
            copy.flush();
            copy.copy.endCopy();
        } catch (CopyRefused refused) {
            throw (SQLException) refused.getCause();
        } finally {
            if (copy.copy.isActive()) {
                copy.copy.cancelCopy();
            }
        }
    }

    /** Writes a row; null is NULL. Values hold neither tabs, newlines nor backslashes. */
    void row(Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                pending.append('\t');
            }
            pending.append(values[i] == null ? "\\N" : values[i]);
        }
        pending.append('\n');
        if (pending.length() > CHUNK) {
            flush();
        }
    }

    private void flush() {
        byte[] bytes = pending.toString().getBytes(StandardCharsets.UTF_8);
        pending.setLength(0);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
        } catch (SQLException e) {
            throw new CopyRefused(e);
        }
    }

    /** Carries the database's refusal out of the rows' writer. */
    private static final class CopyRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CopyRefused(SQLException cause) {
            super(cause);
        }
    }
}
