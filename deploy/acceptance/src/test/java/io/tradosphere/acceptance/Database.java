package io.tradosphere.acceptance;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The suite's database as its superuser sees it. */
final class Database {

    private Database() {}

    static Address address() {
        return Address.parse(TheSuite.endpoints().get("POSTGRES_URL"));
    }

    static void execute(String sql) {
        try (Connection connection = address().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    static long number(String sql, Object... arguments) {
        return Long.parseLong(column(sql, arguments).get(0));
    }

    /** The first column of every row, as text. */
    static List<String> column(String sql, Object... arguments) {
        try (Connection connection = address().connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Every table of every slice. */
    static List<String> tables() {
        String schemas = Arrays.stream(Slice.values())
                .map(slice -> "'" + slice.schema() + "'")
                .collect(Collectors.joining(","));
        return column("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN (" + schemas
                + ") ORDER BY 1");
    }

    /** What every row of every table is, to the last column, in a few characters a table. */
    static Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        for (String table : tables()) {
            digests.put(
                    table,
                    column(
                                    "SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(line, E'\\n' ORDER BY line)), '-') FROM"
                                            + " (SELECT to_jsonb(t)::text AS line FROM " + table + " t) AS rows")
                            .get(0));
        }
        return digests;
    }

    /** The tables that mention one of these people anywhere. */
    static List<String> tablesThatMention(UUID... people) {
        String mentioned = Arrays.stream(people)
                .map(person -> "position('" + person + "' IN to_jsonb(t)::text) > 0")
                .collect(Collectors.joining(" OR "));
        return column(tables().stream()
                .map(table ->
                        "SELECT '" + table + "' WHERE EXISTS (SELECT FROM " + table + " t WHERE " + mentioned + ")")
                .collect(Collectors.joining(" UNION ALL ")));
    }
}
