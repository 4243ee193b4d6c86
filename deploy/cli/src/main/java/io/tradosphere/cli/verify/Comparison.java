package io.tradosphere.cli.verify;

import io.tradosphere.cli.verify.Reconciliation.Drift;
import io.tradosphere.cli.verify.Reconciliation.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a statement that compares counts with their truth has found at one instant. The database compares; only what differs comes
 * here, so a million rows take no more memory than one.
 *
 * @param rows how many rows were compared
 * @param drifted the ids of those that differ, in their order
 * @param shown the first of them, in words
 */
record Comparison(long rows, List<UUID> drifted, List<Drift> shown) {

    /** SQL: how {@code expected} and {@code actual} differ, which are objects that hold the same counts by their names. */
    private static final String DIFFERENCE = """
            (SELECT string_agg(concat(a.key, ' is ', a.value, ', should be ', e.value), '; ' ORDER BY a.key)
             FROM jsonb_each(c.actual) AS a JOIN jsonb_each(c.expected) AS e USING (key)
             WHERE a.value IS DISTINCT FROM e.value)
            """;
    /** The first row says how many there are. */
    private static final String ALL = """
            WITH compared AS MATERIALIZED (%s)
            SELECT NULL::uuid, count(*)::text FROM compared
            UNION ALL
            (SELECT c.id, %s FROM compared AS c WHERE c.expected IS DISTINCT FROM c.actual ORDER BY c.id)
            """;

    private static final String SOME = """
            SELECT c.id, %2$s FROM (%1$s) AS c WHERE c.expected IS DISTINCT FROM c.actual ORDER BY c.id
            """;

    /** Where a statement names a column of ids in braces, there it can be told which ids alone it is about. */
    private static final Pattern IDS = Pattern.compile("\\{([a-z_.]+)}");

    /**
     * Compares every row.
     *
     * @param sql yields of each row its {@code id}, and as jsonb objects that hold counts by their names what is {@code expected} and
     *     what is {@code actual}; a column in braces stands for the condition that it is one of the ids asked for
     */
    static Comparison of(Connection database, String sql) throws SQLException {
        boolean autoCommit = database.getAutoCommit();
        // Rows come in portions within a transaction only.
        database.setAutoCommit(false);
        try (PreparedStatement statement =
                database.prepareStatement(ALL.formatted(IDS.matcher(sql).replaceAll("true"), DIFFERENCE))) {
            statement.setFetchSize(1_000);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return read(found.getLong(2), found);
            }
        } finally {
            if (autoCommit) {
                database.commit();
                database.setAutoCommit(true);
            }
        }
    }

    /** Compares these rows once more. */
    static Comparison again(Connection database, String sql, Collection<UUID> ids) throws SQLException {
        try (PreparedStatement statement = about(database, SOME.formatted(sql, DIFFERENCE), ids);
                ResultSet found = statement.executeQuery()) {
            return read(ids.size(), found);
        }
    }

    /** A statement about these ids alone, which the caller closes. */
    static PreparedStatement about(Connection database, String sql, Collection<UUID> ids) throws SQLException {
        PreparedStatement statement = database.prepareStatement(IDS.matcher(sql).replaceAll("$1 = ANY(?)"));
        long mentions = IDS.matcher(sql).results().count();
        for (int i = 1; i <= mentions; i++) {
            statement.setArray(i, database.createArrayOf("uuid", ids.toArray()));
        }
        return statement;
    }

    private static Comparison read(long rows, ResultSet found) throws SQLException {
        List<UUID> drifted = new ArrayList<>();
        List<Drift> shown = new ArrayList<>();
        while (found.next()) {
            UUID id = found.getObject(1, UUID.class);
            drifted.add(id);
            if (shown.size() < Outcome.SHOWN) {
                shown.add(new Drift(id.toString(), found.getString(2)));
            }
        }
        return new Comparison(rows, drifted, shown);
    }
}
