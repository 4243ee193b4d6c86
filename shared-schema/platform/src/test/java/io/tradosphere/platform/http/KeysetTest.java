package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tradosphere.http.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeysetTest {

    private static final UUID LOWEST = new UUID(0, 0);
    private static final UUID HIGHEST = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");

    @Test
    void a_page_begins_after_the_sort_key_of_its_cursor() {
        OffsetDateTime time = Instant.parse("2026-11-22T10:15:30.123456Z").atOffset(ZoneOffset.UTC);
        UUID id = UUID.randomUUID();

        assertThat(Keyset.newestFirst(page(Cursor.after(time.toInstant(), id)))).isEqualTo(new Keyset<>(time, id));
        assertThat(Keyset.oldestFirst(page(Cursor.after(time.toInstant(), id)))).isEqualTo(new Keyset<>(time, id));
        assertThat(Keyset.highestFirst(page(Cursor.after(7, id)))).isEqualTo(new Keyset<>(7L, id));
        assertThat(Keyset.lowestFirst(page(Cursor.after(7, id)))).isEqualTo(new Keyset<>(7L, id));
        assertThat(Keyset.newestIdFirst(page(Cursor.after(id)))).isEqualTo(id);
    }

    @Test
    void the_first_page_begins_beyond_every_row() {
        assertThat(Keyset.newestFirst(page(null)).key()).isAfter("9999-12-31T00:00:00Z");
        assertThat(Keyset.newestFirst(page(null)).id()).isEqualTo(HIGHEST);
        assertThat(Keyset.oldestFirst(page(null)).key()).isBefore("0001-01-02T00:00:00Z");
        assertThat(Keyset.oldestFirst(page(null)).id()).isEqualTo(LOWEST);
        assertThat(Keyset.highestFirst(page(null))).isEqualTo(new Keyset<>(Long.MAX_VALUE, HIGHEST));
        assertThat(Keyset.lowestFirst(page(null))).isEqualTo(new Keyset<>(0L, LOWEST));
        assertThat(Keyset.newestIdFirst(page(null))).isEqualTo(HIGHEST);
    }

    @Test
    void a_cursor_of_another_list_is_refused_as_a_problem() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Keyset.newestFirst(page(Cursor.after(7, UUID.randomUUID()))));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Keyset.newestIdFirst(page(Cursor.after(7, UUID.randomUUID()))));
    }

    private static PageRequest page(String cursor) {
        return PageRequest.of(null, cursor);
    }
}
