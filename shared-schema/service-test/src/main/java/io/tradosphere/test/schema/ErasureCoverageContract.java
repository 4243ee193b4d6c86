package io.tradosphere.test.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.test.Sql;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Test contract of every slice's erasure: each column that names a person is in an erasure step. Services subclass it as a Quarkus
 * test.
 */
public abstract class ErasureCoverageContract {

    /** Columns of the platform's tables, which the platform erases in every slice. */
    private static final Set<String> OF_THE_PLATFORM =
            Set.of("profiles.id", "idempotency_keys.caller_id", "dead_letters.mentions");

    /** Names of columns with ids of other things than persons. A new name is a person until it stands here. */
    private static final String OTHER_IDS = """
            event_id, pseudonym, signal_id, trade_id, clan_id, competition_id, subscription_id, last_message_id, sweep_after,
            message_id, item_id, conversation_id, participant_id, operation_id, claim
            """;

    /** A generated id names no person. A row that is deleted with its profile needs no step. */
    private static final String PERSONS = """
            SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
              AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid IN ('uuid'::regtype, 'uuid[]'::regtype)
              AND NOT (a.attname = 'id' AND a.atthasdef)
              AND a.attname <> ALL (regexp_split_to_array(trim(?), '[\\s,]+'))
              AND NOT EXISTS (SELECT FROM pg_constraint k
                WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
                  AND (k.confrelid <> 'profiles'::regclass OR k.confdeltype = 'c'))
            """;

    private static final String ALL = """
            SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = current_schema()::regnamespace AND a.attnum > 0
            """;

    /** The columns that the service's erasure covers, as {@code table.column}. */
    protected abstract Set<String> covered();

    /** Columns with ids that the service makes itself, rather than the database, as {@code table.column}. */
    protected Set<String> ownIds() {
        return Set.of();
    }

    @Test
    void every_column_that_names_a_person_is_in_an_erasure_step() {
        Set<String> persons = columns(PERSONS, OTHER_IDS.strip());

        assertThat(persons).containsAll(OF_THE_PLATFORM);
        persons.removeAll(OF_THE_PLATFORM);
        persons.removeAll(covered());
        persons.removeAll(ownIds());
        assertThat(persons).as("columns that name a person after the erasure").isEmpty();
    }

    @Test
    void erasure_steps_are_of_columns_that_exist() {
        assertThat(columns(ALL)).containsAll(covered());
    }

    private static Set<String> columns(String sql, Object... arguments) {
        List<Object> found = Sql.asSuperuser().column(sql, arguments);
        Set<String> columns = new TreeSet<>();
        found.forEach(column -> columns.add((String) column));
        return columns;
    }
}
