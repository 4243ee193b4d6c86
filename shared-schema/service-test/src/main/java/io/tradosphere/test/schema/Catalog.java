package io.tradosphere.test.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A reader of the database catalog for one schema. Flyway's history table is left out. */
public final class Catalog {

    /** One line per object of the schema, in a stable order. */
    private static final String DESCRIPTION = """
            WITH relations AS (
              SELECT c.* FROM pg_class c
              WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
                AND c.relname <> 'flyway_schema_history'
            ), functions AS (
              SELECT p.* FROM pg_proc p WHERE p.pronamespace = ?::regnamespace
            )
            SELECT concat_ws(' ', 'relation', relname, relkind, 'row security', relrowsecurity, relforcerowsecurity,
                reloptions::text, 'owner', relowner::regrole) AS line FROM relations
            UNION ALL
            SELECT concat_ws(' ', 'column', r.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
                'not null', a.attnotnull, 'generated', nullif(a.attgenerated, ''), nullif(a.attidentity, ''),
                pg_get_expr(d.adbin, d.adrelid))
              FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
            UNION ALL
            SELECT concat_ws(' ', 'constraint', r.relname, k.conname, pg_get_constraintdef(k.oid))
              FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid
            UNION ALL
            SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), 'valid', i.indisvalid)
              FROM relations r JOIN pg_index i ON i.indrelid = r.oid
            UNION ALL
            SELECT concat_ws(' ', 'policy', p.tablename, p.policyname, p.permissive, p.roles::text, p.cmd, p.qual, p.with_check)
              FROM relations r JOIN pg_policies p ON p.tablename = r.relname AND p.schemaname = r.relnamespace::regnamespace::text
            UNION ALL
            SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
              FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
            UNION ALL
            SELECT concat_ws(' ', 'view', r.relname, pg_get_viewdef(r.oid)) FROM relations r WHERE r.relkind = 'v'
            UNION ALL
            SELECT concat_ws(' ', 'sequence', r.relname, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqcycle)
              FROM relations r JOIN pg_sequence s ON s.seqrelid = r.oid
            UNION ALL
            SELECT concat_ws(' ', 'function', f.oid::regprocedure, CASE WHEN f.prokind <> 'a' THEN pg_get_functiondef(f.oid) END)
              FROM functions f
            UNION ALL
            SELECT concat_ws(' ', 'grant', g.relname, x.grantee::regrole, x.privilege_type)
              FROM relations g CROSS JOIN LATERAL aclexplode(g.relacl) AS x
            UNION ALL
            SELECT concat_ws(' ', 'column grant', r.relname, a.attname, x.grantee::regrole, x.privilege_type)
              FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid
              CROSS JOIN LATERAL aclexplode(a.attacl) AS x
            UNION ALL
            SELECT concat_ws(' ', 'function grant', f.oid::regprocedure, x.grantee, x.grantee::regrole, x.privilege_type)
              FROM functions f CROSS JOIN LATERAL aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) AS x
            UNION ALL
            SELECT concat_ws(' ', 'type', y.typname, y.typtype) FROM pg_type y
              WHERE y.typnamespace = ?::regnamespace AND y.typtype IN ('e', 'd', 'r')
            ORDER BY line
            """;

    private final Connection connection;
    private final String schema;

    /** Reads the catalog of a schema over a connection. */
    public Catalog(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** All objects of the schema: relations, columns, constraints, indexes, policies, triggers, functions, grants. */
    public List<String> description() throws SQLException {
        return lines(DESCRIPTION, 3);
    }

    /** The violations of a rule. */
    public List<String> offendersOf(SchemaRule rule) throws SQLException {
        return lines(rule.offenders(), (int)
                rule.offenders().chars().filter(character -> character == '?').count());
    }

    private List<String> lines(String sql, int parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= parameters; i++) {
                statement.setString(i, schema);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> lines = new ArrayList<>();
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
                return lines;
            }
        }
    }
}
