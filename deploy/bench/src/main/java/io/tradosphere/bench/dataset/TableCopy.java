package io.tradosphere.bench.dataset;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes rows to a table by COPY. */
final class TableCopy {

    private static final int CHUNK = 64 * 1024;

    private final CopyIn copy;
    private final StringBuilder pending = new StringBuilder(CHUNK + 1024);

    private TableCopy(CopyIn copy) {
        this.copy = copy;
    }

    /** Writes the rows of a table. */
    @FunctionalInterface
    interface Rows {
        /** Writes all rows. */
        void into(TableCopy copy);
    }

    /**
     * Fills a table.
     *
     * @param target the table with its columns in parentheses
     */
    static void into(Connection connection, String target, Rows rows) throws SQLException {
        TableCopy copy = new TableCopy(
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + target + " FROM STDIN"));
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

    /** Writes a row; null is NULL. Values must not contain tabs, newlines or backslashes. */
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

    /** Carries the SQLException through the row writer. */
    private static final class CopyRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CopyRefused(SQLException cause) {
            super(cause);
        }
    }
}
