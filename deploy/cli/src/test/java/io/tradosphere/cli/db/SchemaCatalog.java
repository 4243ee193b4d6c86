package io.tradosphere.cli.db;

import io.tradosphere.stack.Slice;
import io.tradosphere.stack.postgres.Address;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a service may rely on in its schema, as PostgreSQL's catalog has it.
 *
 * @param tables tables, views and sequences, by name; the value is the catalog's kind
 * @param columns by {@code table.column}
 * @param constraints without those of NOT NULL, which {@code columns} has
 * @param functions each with its arguments and its result
 * @param privileges what the slice's roles may do, one phrase each
 */
record SchemaCatalog(
        Map<String, String> tables,
        Map<String, Column> columns,
        Set<Constraint> constraints,
        Set<String> functions,
        Set<String> privileges) {

    private static final String TABLES = """
            SELECT relname, relkind FROM pg_class
            WHERE relnamespace = $slice::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
              AND relname <> 'flyway_schema_history'
            """;
    private static final String COLUMNS = """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   a.atthasdef OR a.attidentity <> ''
            FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
            WHERE c.relnamespace = $slice::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
              AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'flyway_schema_history'
            """;
    private static final String CONSTRAINTS = """
            SELECT c.relname, o.conname, pg_get_constraintdef(o.oid),
                   ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum = ANY (o.conkey))
            FROM pg_constraint AS o JOIN pg_class AS c ON c.oid = o.conrelid
            WHERE c.relnamespace = $slice::regnamespace AND o.contype IN ('c', 'u', 'p', 'x', 'f')
            UNION ALL
            SELECT c.relname, i.relname, pg_get_indexdef(x.indexrelid),
                   ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum = ANY (x.indkey))
            FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indrelid JOIN pg_class AS i ON i.oid = x.indexrelid
            WHERE c.relnamespace = $slice::regnamespace AND x.indisunique
              AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = x.indexrelid)
            """;
    private static final String FUNCTIONS = """
            SELECT p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ') returning '
                   || pg_get_function_result(p.oid)
            FROM pg_proc AS p WHERE p.pronamespace = $slice::regnamespace AND p.prokind = 'f'
            """;
    private static final String PRIVILEGES = """
            SELECT role.rolname || ' may ' || p.privilege || ' ' || c.relname || '.' || a.attname
            FROM pg_class AS c
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE')) AS p (privilege)
            JOIN pg_roles AS role ON role.rolname IN ($slice || '_app', $slice || '_admin', $slice || '_worker')
            WHERE c.relnamespace = $slice::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
              AND has_column_privilege(role.oid, c.oid, a.attnum, p.privilege)
            UNION ALL
            SELECT role.rolname || ' may DELETE ' || c.relname
            FROM pg_class AS c
            JOIN pg_roles AS role ON role.rolname IN ($slice || '_app', $slice || '_admin', $slice || '_worker')
            WHERE c.relnamespace = $slice::regnamespace AND c.relkind IN ('r', 'p', 'v')
              AND has_table_privilege(role.oid, c.oid, 'DELETE')
            UNION ALL
            SELECT role.rolname || ' may EXECUTE ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')'
            FROM pg_proc AS p
            JOIN pg_roles AS role ON role.rolname IN ($slice || '_app', $slice || '_admin', $slice || '_worker')
            WHERE p.pronamespace = $slice::regnamespace AND has_function_privilege(role.oid, p.oid, 'EXECUTE')
            """;

    /** Reads a slice's schema. */
    static SchemaCatalog of(Address superuser, Slice slice) {
        SchemaCatalog catalog =
                new SchemaCatalog(new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        try (Connection connection = superuser.connect()) {
            read(connection, TABLES, slice, row -> catalog.tables.put(row.getString(1), row.getString(2)));
            read(connection, COLUMNS, slice, row -> {
                Column column = new Column(
                        row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4), row.getBoolean(5));
                catalog.columns.put(column.path(), column);
            });
            read(connection, CONSTRAINTS, slice, row -> {
                Array columns = row.getArray(4);
                catalog.constraints.add(new Constraint(
                        row.getString(1), row.getString(2), row.getString(3), List.of((String[]) columns.getArray())));
            });
            read(connection, FUNCTIONS, slice, row -> catalog.functions.add(row.getString(1)));
            read(connection, PRIVILEGES, slice, row -> catalog.privileges.add(row.getString(1)));
            return catalog;
        } catch (SQLException e) {
            throw new IllegalStateException("The catalog of " + slice.schema() + " cannot be read", e);
        }
    }

    private static void read(Connection connection, String query, Slice slice, RowReader reader) throws SQLException {
        // A schema's name, from the code.
        try (PreparedStatement select =
                        connection.prepareStatement(query.replace("$slice", "'" + slice.schema() + "'"));
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** @param hasDefault whether a row may be inserted without it: a default, an identity or a generated value */
    record Column(String table, String name, String type, boolean notNull, boolean hasDefault) {

        String path() {
            return table + "." + name;
        }
    }

    /**
     * A CHECK, a key, a reference, or a unique index.
     *
     * @param definition as PostgreSQL writes it
     * @param columns the columns of its own table that it names; empty when it names only expressions
     */
    record Constraint(String table, String name, String definition, List<String> columns) {}
}
