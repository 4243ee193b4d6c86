package io.tradosphere.test.schema;

import io.tradosphere.stack.Slice;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule for every slice's schema, with the query that finds violations. Each {@code ?} of a query is the schema's name, and
 * <code>{slices}</code> is all slices.
 */
public enum SchemaRule {
    /** Without FORCE, the owner's migrations and functions would bypass the policies. */
    ROW_SECURITY_IS_ON_AND_FORCED("row security is on and forced for every table", """
            SELECT relname FROM pg_class
            WHERE relnamespace = ?::regnamespace AND relkind IN ('r', 'p') AND relname <> 'flyway_schema_history'
              AND NOT (relrowsecurity AND relforcerowsecurity)
            """),
    /** Flyway's own table has no row security. The worker reads it at a service's start. */
    HISTORY_IS_THE_OWNERS("Flyway's history is granted to nobody but the worker, who reads it", """
            SELECT relname FROM pg_class WHERE relnamespace = ?::regnamespace AND relname = 'flyway_schema_history'
              AND EXISTS (SELECT FROM aclexplode(relacl) AS granted WHERE granted.grantee <> relowner
                AND (granted.grantee::regrole::text, granted.privilege_type) <> (relnamespace::regnamespace || '_worker', 'SELECT'))
            """),
    /** A policy for PUBLIC also applies to roles added later. */
    POLICIES_NAME_THEIR_ROLE("no policy is for PUBLIC", """
            SELECT tablename || ': ' || policyname FROM pg_policies WHERE schemaname = ? AND 'public' = ANY (roles)
            """),
    /** Evaluated per row, auth.uid() made filters 13 to 23 times as expensive. */
    POLICIES_EVALUATE_THE_CALLER_ONCE("every policy evaluates the caller once a statement", """
            SELECT tablename || ': ' || policyname FROM pg_policies
            WHERE schemaname = ?
              AND regexp_replace(concat(qual, ' ', with_check), '\\( SELECT (auth\\.){0,1}uid\\(\\) AS uid\\)', '', 'g') ~ '\\muid\\(\\)'
            """),
    /** FORCE applies to the owner: without its policy, a backfill silently updates no row. */
    OWNER_AND_WORKER_SEE_EVERYTHING("owner and worker have a policy for everything in every table", """
            SELECT c.relname || ': ' || kind FROM pg_class c CROSS JOIN (VALUES ('owner'), ('worker')) AS roles (kind)
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history'
              AND NOT EXISTS (SELECT FROM pg_policies p
                WHERE p.schemaname = c.relnamespace::regnamespace::text AND p.tablename = c.relname AND p.cmd = 'ALL'
                  AND p.permissive = 'PERMISSIVE' AND p.qual = 'true' AND p.with_check = 'true'
                  AND p.schemaname || '_' || kind = ANY (p.roles))
            """),
    /** Without an index, deleting a referenced row scans the whole table. */
    FOREIGN_KEYS_HAVE_AN_INDEX("every foreign key has an index", """
            SELECT k.conrelid::regclass::text || ': ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
            WHERE k.contype = 'f' AND k.connamespace = ?::regnamespace AND NOT EXISTS (
              SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indpred IS NULL AND i.indisvalid
                AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
                AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)
            """),
    /** An index that is a prefix of another costs writes without benefit. */
    NO_INDEX_IS_REDUNDANT("no index is a prefix of another", """
            WITH indexes AS (
              SELECT i.indexrelid::regclass::text AS name, i.indrelid, i.indisunique OR i.indisexclusion AS constrains, c.relam,
                coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate, i.indnkeyatts AS width,
                ARRAY(SELECT concat_ws(' ', pg_get_indexdef(i.indexrelid, k, true), i.indclass[k - 1], i.indcollation[k - 1])
                  FROM generate_series(1, i.indnkeyatts) AS k) AS keys,
                ARRAY(SELECT i.indoption[k - 1]::int FROM generate_series(1, i.indnkeyatts) AS k) AS directions,
                ARRAY(SELECT 3 - i.indoption[k - 1] FROM generate_series(1, i.indnkeyatts) AS k) AS backwards
              FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = ?::regnamespace
            )
            SELECT narrow.name || ' is a prefix of ' || wide.name FROM indexes narrow JOIN indexes wide
              ON wide.indrelid = narrow.indrelid AND wide.name <> narrow.name AND wide.relam = narrow.relam
              AND wide.predicate = narrow.predicate AND wide.keys[1:narrow.width] = narrow.keys
              AND narrow.directions IN (wide.directions[1:narrow.width], wide.backwards[1:narrow.width])
            WHERE NOT narrow.constrains
            """),
    /** Each slice may have its own database. */
    NOTHING_REFERS_TO_ANOTHER_SLICE("nothing refers to another slice's schema", """
            WITH texts AS (
              SELECT 'function ' || p.oid::regprocedure AS thing, pg_get_functiondef(p.oid) AS body, p.pronamespace AS home
                FROM pg_proc p WHERE p.pronamespace = ?::regnamespace AND p.prokind <> 'a'
              UNION ALL SELECT 'view ' || c.relname, pg_get_viewdef(c.oid), c.relnamespace
                FROM pg_class c WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('v', 'm')
              UNION ALL SELECT 'constraint ' || k.conname, pg_get_constraintdef(k.oid), k.connamespace
                FROM pg_constraint k WHERE k.connamespace = ?::regnamespace
              UNION ALL SELECT 'trigger ' || t.tgname, pg_get_triggerdef(t.oid), c.relnamespace
                FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                WHERE c.relnamespace = ?::regnamespace AND NOT t.tgisinternal
              UNION ALL SELECT 'policy ' || p.policyname, concat(p.qual, ' ', p.with_check), p.schemaname::regnamespace
                FROM pg_policies p WHERE p.schemaname = ?
              UNION ALL SELECT 'default of ' || c.relname, pg_get_expr(d.adbin, d.adrelid), c.relnamespace
                FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid WHERE c.relnamespace = ?::regnamespace
            )
            SELECT texts.thing || ' refers to ' || slice FROM texts
            CROSS JOIN unnest(string_to_array('{slices},public', ','))
              AS slice
            WHERE slice <> texts.home::regnamespace::text AND texts.body ~ ('\\m' || slice || '\\.')
            """),
    /** The platform's tables are excluded: their rows have a time column of another name, or live a day at most. */
    ROWS_SAY_WHEN_THEY_WERE_MADE_AND_CHANGED("every table has created_at and updated_at", """
            SELECT c.relname || ' lacks ' || needed FROM pg_class c
            CROSS JOIN (VALUES ('created_at'), ('updated_at')) AS times (needed)
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p')
              AND c.relname NOT IN ('flyway_schema_history', 'outbox', 'outbox_parked', 'relay_lease', 'inbox', 'consumed_partitions', 'idempotency_keys',
                'dead_letters', 'erased_profiles')
              AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = needed
                AND a.atttypid = 'timestamptz'::regtype AND NOT a.attisdropped)
            """),
    /** With a default, NULL would be a second representation of the same absence. */
    TIMES_WITH_A_DEFAULT_ARE_NOT_NULL("no time that has a default may be NULL", """
            SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history'
              AND a.attnum > 0 AND a.atthasdef AND NOT a.attnotnull AND a.atttypid = 'timestamptz'::regtype
            """),
    /** Without pg_temp at its end, a search path looks for tables among the caller's temporary ones first. */
    FUNCTIONS_LOOK_AT_TEMPORARY_TABLES_LAST("every function's search path ends with pg_temp", """
            SELECT p.oid::regprocedure::text FROM pg_proc p
            WHERE p.pronamespace IN (?::regnamespace, 'auth'::regnamespace) AND p.prokind IN ('f', 'p')
              AND (p.prosecdef OR p.prosqlbody IS NULL)
              AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS setting WHERE setting ~ '^search_path=(.*, ){0,1}pg_temp$')
            """),
    /** What anybody may call, a role of another slice may call too. */
    FUNCTIONS_NAME_THEIR_CALLERS("no function is granted to PUBLIC", """
            SELECT p.oid::regprocedure::text FROM pg_proc p
            CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS granted
            WHERE p.pronamespace IN (?::regnamespace, 'auth'::regnamespace) AND granted.grantee = 0
            """),
    /** Whoever may use a trigger function may attach it to a table of their own, with rows of their own making. */
    TRIGGER_FUNCTIONS_ARE_THE_OWNERS("trigger functions are granted to nobody", """
            SELECT p.oid::regprocedure::text || ': ' || granted.grantee::regrole FROM pg_proc p
            CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS granted
            WHERE p.pronamespace = ?::regnamespace AND p.prorettype = 'trigger'::regtype AND granted.grantee <> p.proowner
            """),
    /** A temporary table runs triggers and hides tables, with contents of its maker's choice. */
    NO_ROLE_CREATES_OBJECTS("no role but the owner creates objects, and none temporary tables", """
            WITH roles AS (SELECT oid, rolname FROM pg_roles WHERE rolname ~ ('^' || ? || '_(owner|app|admin|worker)$'))
            SELECT rolname || ' in ' || current_database() FROM roles
            WHERE has_database_privilege(roles.oid, current_database(), 'TEMPORARY')
              OR has_database_privilege(roles.oid, current_database(), 'CREATE')
            UNION ALL
            SELECT rolname || ' in ' || nspname FROM roles JOIN pg_namespace n ON has_schema_privilege(roles.oid, n.oid, 'CREATE')
            WHERE rolname <> nspname || '_owner' AND nspname !~ '^pg_'
            """),
    /** Advisory locks belong to the whole database: a role could stop another slice. */
    ADVISORY_LOCKS_BELONG_TO_THE_SLICE("no role but the owner calls advisory-lock functions directly", """
            SELECT rolname || ': ' || p.oid::regprocedure FROM pg_roles r
            JOIN pg_proc p ON p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ '^pg_(try_){0,1}advisory_'
            WHERE rolname ~ ('^' || ? || '_(app|admin|worker)$') AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
            """),
    /** A high number of one's own choice would make consumers ignore the later events. */
    OUTBOX_IDS_COME_FROM_THE_SEQUENCE("no role inserts or changes the number, id or time of an event", """
            SELECT rolname || ': ' || a.attname FROM pg_roles r JOIN pg_class c ON c.relnamespace = ?::regnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('id', 'event_id', 'created_at')
            WHERE c.relname = 'outbox' AND rolname ~ ('^' || c.relnamespace::regnamespace || '_(app|admin|worker)$')
              AND (has_column_privilege(r.oid, c.oid, a.attnum, 'INSERT') OR has_column_privilege(r.oid, c.oid, a.attnum, 'UPDATE'))
            """),
    /** A counter that overflows makes every later event fail. */
    COUNTERS_ARE_WIDE("every counter is a bigint", """
            SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
              AND a.attname ~ '((^|_)count|viewers|_signals|streak|unread|^views)$' AND a.atttypid <> 'bigint'::regtype
            """);

    private final String sentence;
    private final String offenders;

    SchemaRule(String sentence, String offenders) {
        this.sentence = sentence;
        this.offenders = offenders.replace(
                "{slices}", Stream.of(Slice.values()).map(Slice::schema).collect(Collectors.joining(",")));
    }

    /** The rule as a sentence. */
    public String sentence() {
        return sentence;
    }

    /** A query whose rows are violations; each {@code ?} is the schema's name. */
    public String offenders() {
        return offenders;
    }
}
