package io.tradosphere.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tradosphere.http.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @Test
    void a_full_page_with_one_row_more_goes_on_after_the_last_item_shown() {
        Page<Integer> page = PageRequest.of("2", null).page(List.of(9, 8, 7), Cursor::after);

        assertThat(page.items()).containsExactly(9, 8);
        assertThat(Cursor.parse(page.nextCursor(), 1).number(0)).isEqualTo(8);
    }

    @Test
    void the_last_page_goes_on_nowhere() {
        assertThat(PageRequest.of(null, "").page(List.of(1), Cursor::after).nextCursor())
                .isNull();
        assertThat(PageRequest.of(null, null).rows()).isEqualTo(21);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "ten", "", "1.5", "99999999999"})
    void a_limit_that_is_none_is_refused_by_name(String limit) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> PageRequest.of(limit, null))
                .satisfies(problem ->
                        assertThat(problem.violations().get(0).field()).isEqualTo("limit"));
    }
}
