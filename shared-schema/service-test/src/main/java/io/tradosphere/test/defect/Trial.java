package io.tradosphere.test.defect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Runs statements in a transaction that is rolled back, and reports the outcome of each. */
final class Trial {

    private static final String REFUSED = "refused ";

    private Trial() {}

    /**
     * Runs the statements.
     *
     * @param before setup statements that must succeed
     * @param when the statements under test, run up to the first refusal
     * @return the outcome of each, in the notation of the checks' file
     */
    static List<String> of(Connection connection, List<String> before, List<String> when) throws SQLException {
        List<String> outcome = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String sql : before) {
                statement.execute(Persons.naming(sql));
            }
            for (String sql : when) {
                outcome.add(outcome(statement, Persons.naming(sql)));
                if (outcome.get(outcome.size() - 1).startsWith(REFUSED)) {
                    break;
                }
            }
            return outcome;
        } finally {
            connection.rollback();
        }
    }

    /** Whether outcomes match. An expected refusal may omit the constraint, or name several SQLSTATEs. */
    static boolean isAsExpected(List<String> expected, List<String> observed) {
        if (expected.size() != observed.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!isAsExpected(expected.get(i), observed.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsExpected(String expected, String observed) {
        if (!expected.startsWith(REFUSED) || !observed.startsWith(REFUSED)) {
            return expected.equals(observed);
        }
        String[] seen = observed.split(" ", -1);
        List<String> wanted = Arrays.asList(expected.split(" ", -1));
        String last = wanted.get(wanted.size() - 1);
        boolean namesConstraint = !last.matches("[0-9A-Z]{5}");
        return wanted.contains(seen[1]) && (!namesConstraint || last.equals(seen[2]));
    }

    private static String outcome(Statement statement, String sql) {
        try {
            if (statement.execute(sql)) {
                String values = values(statement.getResultSet());
                return values.isEmpty() ? "0 rows" : "yields " + values;
            }
            String verb = sql.stripLeading().split("\\s", 2)[0];
            boolean counts = List.of("insert", "update", "delete").contains(verb);
            int rows = statement.getUpdateCount();
            return counts ? rows + (rows == 1 ? " row" : " rows") : "done";
        } catch (PSQLException refused) {
            ServerErrorMessage message = refused.getServerErrorMessage();
            String constraint = message == null ? null : message.getConstraint();
            return REFUSED + refused.getSQLState() + " " + constraint;
        } catch (SQLException failed) {
            throw new AssertionError("The statement failed without a server error", failed);
        }
    }

    private static String values(ResultSet rows) throws SQLException {
        StringJoiner all = new StringJoiner(" / ");
        while (rows.next()) {
            StringJoiner row = new StringJoiner(" | ");
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.add(rows.getString(i) == null ? "NULL" : rows.getString(i));
            }
            all.add(row.toString());
        }
        return all.toString();
    }
}
