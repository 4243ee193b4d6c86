package io.tradosphere.test.schema;

/**
 * A rule for every slice's schema, and the query that finds what breaks it. Each {@code ?} of a query is the schema's name.
 */
public enum SchemaRule {
    /** Without force the owner, and with it every migration and every function of the owner's, would see past the policies. */
    ROW_SECURITY_IS_ON_AND_FORCED("row security is on and forced for every table", """
            SELECT relname FROM pg_class
            WHERE relnamespace = ?::regnamespace AND relkind IN ('r', 'p') AND relname <> 'flyway_schema_history'
              AND NOT (relrowsecurity AND relforcerowsecurity)
            """),
    /** Flyway's own table has no row security, so nobody but the owner may come near it. */
    HISTORY_IS_THE_OWNERS("Flyway's history is granted to nobody", """
            SELECT relname FROM pg_class WHERE relnamespace = ?::regnamespace AND relname = 'flyway_schema_history'
              AND EXISTS (SELECT FROM aclexplode(relacl) AS granted WHERE granted.grantee <> relowner)
            """),
    /** A policy for PUBLIC holds for roles nobody thought of. */
    POLICIES_NAME_THEIR_ROLE("no policy is for PUBLIC", """
            SELECT tablename || ': ' || policyname FROM pg_policies WHERE schemaname = ? AND 'public' = ANY (roles)
            """),
    /** Asked for each row, the caller cost 13 to 23 times as much on filters. */
    POLICIES_ASK_FOR_THE_CALLER_ONCE("every policy asks for the caller once a statement", """
            SELECT tablename || ': ' || policyname FROM pg_policies
            WHERE schemaname = ?
              AND regexp_replace(concat(qual, ' ', with_check), '\\( SELECT (auth\\.){0,1}uid\\(\\) AS uid\\)', '', 'g') ~ '\\muid\\(\\)'
            """),
    /** FORCE blinds the owner: a backfill without its policy updates no row, and says nothing. */
    OWNER_AND_WORKER_SEE_EVERYTHING("owner and worker have a policy for everything in every table", """
            SELECT c.relname || ': ' || kind FROM pg_class c CROSS JOIN (VALUES ('owner'), ('worker')) AS roles (kind)
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history'
              AND NOT EXISTS (SELECT FROM pg_policies p
                WHERE p.schemaname = c.relnamespace::regnamespace::text AND p.tablename = c.relname AND p.cmd = 'ALL'
                  AND p.permissive = 'PERMISSIVE' AND p.qual = 'true' AND p.with_check = 'true'
                  AND p.schemaname || '_' || kind = ANY (p.roles))
            """),
    /** Without one, deleting what is referred to reads the whole table. */
    FOREIGN_KEYS_HAVE_AN_INDEX("every foreign key has an index", """
            SELECT k.conrelid::regclass::text || ': ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
            WHERE k.contype = 'f' AND k.connamespace = ?::regnamespace AND NOT EXISTS (
              SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indpred IS NULL AND i.indisvalid
                AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
                AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] <@ k.conkey)
            """),
    /** An index that is the beginning of another is written for nothing. */
    NO_INDEX_IS_REDUNDANT("no index is the beginning of another", """
            WITH indexes AS (
              SELECT i.indexrelid::regclass::text AS name, i.indrelid, i.indisunique OR i.indisexclusion AS constrains, c.relam,
                coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS predicate, i.indnkeyatts AS width,
                ARRAY(SELECT concat_ws(' ', pg_get_indexdef(i.indexrelid, k, true), i.indclass[k - 1], i.indcollation[k - 1])
                  FROM generate_series(1, i.indnkeyatts) AS k) AS keys,
                ARRAY(SELECT i.indoption[k - 1]::int FROM generate_series(1, i.indnkeyatts) AS k) AS directions,
                ARRAY(SELECT 3 - i.indoption[k - 1] FROM generate_series(1, i.indnkeyatts) AS k) AS backwards
              FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = ?::regnamespace
            )
            SELECT narrow.name || ' is the beginning of ' || wide.name FROM indexes narrow JOIN indexes wide
              ON wide.indrelid = narrow.indrelid AND wide.name <> narrow.name AND wide.relam = narrow.relam
              AND wide.predicate = narrow.predicate AND wide.keys[1:narrow.width] = narrow.keys
              AND narrow.directions IN (wide.directions[1:narrow.width], wide.backwards[1:narrow.width])
            WHERE NOT narrow.constrains
            """),
    /** Each slice may stand in a database of its own. */
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
            CROSS JOIN unnest(ARRAY['profile', 'signal', 'social', 'billing', 'competition', 'streaming', 'messaging', 'public'])
              AS slice
            WHERE slice <> texts.home::regnamespace::text AND texts.body ~ ('\\m' || slice || '\\.')
            """),
    /** The logs of the platform are written once; each says when in a column of its own name, or is gone within a day. */
    ROWS_SAY_WHEN_THEY_WERE_MADE_AND_CHANGED("every table has created_at and updated_at", """
            SELECT c.relname || ' lacks ' || needed FROM pg_class c
            CROSS JOIN (VALUES ('created_at'), ('updated_at')) AS times (needed)
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p')
              AND c.relname NOT IN ('flyway_schema_history', 'outbox', 'inbox', 'fed_partitions', 'idempotency_keys',
                'dead_letters', 'departed')
              AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = needed
                AND a.atttypid = 'timestamptz'::regtype AND NOT a.attisdropped)
            """),
    /** A default says what is meant when nothing is said; NULL would be a second way of saying nothing. */
    TIMES_WITH_A_DEFAULT_ARE_NOT_NULL("no time that has a default may be NULL", """
            SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history'
              AND a.attnum > 0 AND a.atthasdef AND NOT a.attnotnull AND a.atttypid = 'timestamptz'::regtype
            """),
    /** A counter that cannot grow any more takes every event after it along. */
    COUNTERS_ARE_WIDE("every counter is a bigint", """
            SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
              AND a.attname ~ '(count|viewers|_signals|streak|unread|^views)$' AND a.atttypid <> 'bigint'::regtype
            """);

    private final String sentence;
    private final String offenders;

    SchemaRule(String sentence, String offenders) {
        this.sentence = sentence;
        this.offenders = offenders;
    }

    /** The rule in words. */
    public String sentence() {
        return sentence;
    }

    /** A query whose rows are what breaks the rule; each {@code ?} is the schema's name. */
    public String offenders() {
        return offenders;
    }
}
