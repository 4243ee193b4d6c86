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
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** A client of the suite's database, as superuser. */
final class Database {

    private Database() {}

    static Address address() {
        return Address.parse(SharedSuite.endpoints().get("POSTGRES_URL"));
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

    /** All rows of every table, each as its table's name and its JSON. */
    static Set<String> rows() {
        Set<String> rows = new TreeSet<>();
        for (String table : tables()) {
            rows.addAll(column("SELECT '" + table + " ' || to_jsonb(t)::text FROM " + table + " t"));
        }
        return rows;
    }

    /** The tables that contain one of these ids in any column. */
    static List<String> tablesThatMention(UUID... clients) {
        String mentioned = Arrays.stream(clients)
                .map(person -> "position('" + person + "' IN to_jsonb(t)::text) > 0")
                .collect(Collectors.joining(" OR "));
        return column(tables().stream()
                .map(table ->
                        "SELECT '" + table + "' WHERE EXISTS (SELECT FROM " + table + " t WHERE " + mentioned + ")")
                .collect(Collectors.joining(" UNION ALL ")));
    }
}
