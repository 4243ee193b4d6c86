package io.tradosphere.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoggedStatementTest {

    private static final String APP = "2026-11-25 13:00:00.123 UTC [41] signal_app@tradosphere ";
    private static final String OTHER = "2026-11-25 13:00:00.124 UTC [42] signal_worker@tradosphere ";

    @Test
    void a_prepared_statement_is_read_over_several_lines_with_its_parameters() {
        // Given
        List<String> log = List.of(
                APP + "LOG:  execute S_1: SELECT id",
                "\tFROM signals WHERE note = $1 AND $2::text IS NULL",
                APP + "DETAIL:  Parameters: $1 = 'it''s $2 = ''x''', $2 = NULL, $3 = '21'");

        // When
        List<LoggedStatement> sent = LoggedStatement.in(log, "signal_app@tradosphere");

        // Then
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).sql()).isEqualTo("SELECT id\nFROM signals WHERE note = $1 AND $2::text IS NULL");
        assertThat(sent.get(0).parameters()).containsExactly("it's $2 = 'x'", null, "21");
    }

    @Test
    void an_unnamed_statement_is_distinguished_from_a_named_one() {
        assertThat(LoggedStatement.in(
                        List.of(APP + "LOG:  execute <unnamed>: SELECT 1", APP + "LOG:  execute S_1: SELECT 2"),
                        "signal_app@tradosphere"))
                .extracting(LoggedStatement::named)
                .containsExactly(false, true);
    }

    @Test
    void statements_of_other_users_are_ignored() {
        // Given
        List<String> log = List.of(
                APP + "LOG:  statement: SELECT 1",
                OTHER + "LOG:  execute S_1: SELECT $1",
                OTHER + "DETAIL:  Parameters: $1 = 'theirs'");

        // Then
        assertThat(LoggedStatement.in(log, "signal_app@tradosphere"))
                .containsExactly(new LoggedStatement("41", true, "SELECT 1", List.of()));
    }

    @Test
    void a_statement_is_found_with_the_transaction_around_it() {
        // Given
        List<LoggedStatement> all = List.of(
                sent("41", "SELECT 1"),
                sent("41", "BEGIN; SET LOCAL tradosphere.caller = 'a'"),
                sent("42", "BEGIN"),
                sent("41", "SELECT FROM follows"),
                sent("42", "INSERT INTO outbox"),
                sent("41", "COMMIT"),
                sent("42", "COMMIT"));

        // Then
        assertThat(LoggedStatement.firstTransactionWith("follows", all))
                .extracting(LoggedStatement::sql)
                .containsExactly("BEGIN; SET LOCAL tradosphere.caller = 'a'", "SELECT FROM follows", "COMMIT");
        assertThat(LoggedStatement.firstTransactionWith("SELECT 1", all)).containsExactly(all.get(0));
    }

    @Test
    void an_unfinished_transaction_is_not_found() {
        assertThat(LoggedStatement.firstTransactionWith(
                        "follows", List.of(sent("41", "BEGIN"), sent("41", "SELECT FROM follows"))))
                .isEmpty();
    }

    @Test
    void a_transaction_without_a_logged_begin_is_not_found() {
        // Given
        List<LoggedStatement> halfHeard = List.of(sent("41", "SELECT FROM follows"), sent("41", "COMMIT"));
        List<LoggedStatement> next =
                List.of(sent("41", "BEGIN"), sent("41", "SELECT FROM follows, too"), sent("41", "COMMIT"));

        // Then
        assertThat(LoggedStatement.firstTransactionWith("follows", halfHeard)).isEmpty();
        assertThat(LoggedStatement.firstTransactionWith(
                        "follows",
                        Stream.concat(halfHeard.stream(), next.stream()).toList()))
                .isEqualTo(next);
    }

    private static LoggedStatement sent(String backend, String sql) {
        return new LoggedStatement(backend, true, sql, List.of());
    }
}
