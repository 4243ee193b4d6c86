package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorTest {

    @Test
    void a_cursor_brings_back_the_sort_key_it_was_made_of_to_the_microsecond() {
        Instant time = Instant.parse("2026-11-22T10:15:30.123456Z");
        UUID id = UUID.randomUUID();

        Cursor cursor = Cursor.parse(Cursor.after(time, id, 42), 3);

        assertThat(cursor.instant(0)).isEqualTo(time);
        assertThat(cursor.uuid(1)).isEqualTo(id);
        assertThat(cursor.number(2)).isEqualTo(42);
    }

    @Test
    void what_is_no_cursor_or_another_lists_is_refused_as_a_problem() {
        refused(() -> Cursor.parse("%%%", 2));
        refused(() -> Cursor.parse(Cursor.after("only one part"), 2));
        refused(() -> Cursor.parse(Cursor.after("x", "y"), 2).instant(0));
        refused(() -> Cursor.parse(Cursor.after("x", "y"), 2).uuid(1));
        refused(() -> Cursor.parse(Cursor.after("x", "y"), 2).number(0));
    }

    @Test
    void an_instant_that_no_column_holds_is_refused_as_a_problem() {
        refused(() -> Cursor.parse(Cursor.after("+1000000000-12-31T23:59:59.999999999Z"), 1)
                .instant(0));
        refused(() ->
                Cursor.parse(Cursor.after("-1000000000-01-01T00:00:00Z"), 1).instant(0));
    }

    private static void refused(Runnable reading) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(reading::run)
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.INVALID_CURSOR));
    }
}
