package io.tradosphere.platform.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void a_value_that_differs_is_named_with_both_values() {
        assertThat(Differences.describe("{\"hits\":1,\"misses\":2}", "{\"hits\":3,\"misses\":2}"))
                .isEqualTo("hits is 1, should be 3");
    }

    @Test
    void entries_of_a_map_are_counted() {
        assertThat(Differences.describe(
                        "{\"outcomes\":{\"a\":[1,true],\"c\":[3,true]}}",
                        "{\"outcomes\":{\"a\":[1,false],\"b\":[2,true]}}"))
                .isEqualTo("missing outcomes is 2, should be 0; surplus outcomes is 2, should be 0");
    }

    @Test
    void a_row_on_one_side_alone_is_missing_or_surplus() {
        assertThat(Differences.describe(null, "{}")).isEqualTo("is not known, should be");
        assertThat(Differences.describe("{}", null)).isEqualTo("is known, should not be");
    }
}
