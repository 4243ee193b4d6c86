package io.tradosphere.acceptance;

import io.tradosphere.stack.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The columns that no request writes, and those of them that are declared as state rather than derived. */
final class DeclaredState {

    /**
     * Columns without a grant to an API role. Left out: the platform's own tables, whose rows are messages in transit, generated
     * columns, keys' defaults and the times of a row.
     */
    private static final String NOT_GRANTED = """
            SELECT format('%%I.%%I.%%I', n.nspname, c.relname, a.attname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE n.nspname IN (%s) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              AND c.relname NOT IN ('flyway_schema_history', 'outbox', 'outbox_parked', 'relay_lease', 'inbox',
                'consumed_partitions', 'idempotency_keys', 'dead_letters', 'erased_profiles')
              AND a.attname NOT IN ('id', 'created_at', 'updated_at', 'version')
              AND NOT EXISTS (
                SELECT FROM (VALUES ('app'), ('admin')) AS kind(name), (VALUES ('INSERT'), ('UPDATE')) AS privilege(name)
                WHERE has_column_privilege(n.nspname || '_' || kind.name, c.oid, a.attnum, privilege.name))
            ORDER BY 1
            """;

    private DeclaredState() {}

    /** Every column that only consumers, jobs and triggers write, without those that state-columns.txt lists. */
    static List<String> undeclaredColumnsThatNoRequestWrites() {
        Pattern declared = declared();
        return notGranted().stream()
                .filter(column -> !declared.matcher(column).matches())
                .toList();
    }

    private static List<String> notGranted() {
        return Database.column(NOT_GRANTED.formatted(Arrays.stream(Slice.values())
                .map(slice -> "'" + slice.schema() + "'")
                .collect(Collectors.joining(","))));
    }

    private static Pattern declared() {
        try (InputStream file = DeclaredState.class.getResourceAsStream("/state-columns.txt")) {
            return Pattern.compile(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.replace(".", "\\.").replace("*", ".*"))
                    .collect(Collectors.joining("|")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
