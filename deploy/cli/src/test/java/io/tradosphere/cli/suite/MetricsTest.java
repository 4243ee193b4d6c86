package io.tradosphere.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final String PAGE = """
            # HELP tradosphere_outbox_oldest_age_seconds age
            tradosphere_outbox_oldest_age_seconds{slice="profile"} 0.5
            tradosphere_outbox_oldest_age_seconds{slice="other"} 1.25E1
            tradosphere_relay_leader 1.0
            tradosphere_relay_leader_changes 7.0
            broken_value NaN
            """;

    @Test
    void the_highest_of_all_labels_is_read() {
        assertThat(Metrics.highest(PAGE, "tradosphere_outbox_oldest_age_seconds"))
                .hasValue(12.5);
    }

    @Test
    void the_highest_of_each_label_is_read() {
        String page = PAGE
                + "lag{group=\"a\",topic=\"x\"} 1\nlag{group=\"a\",topic=\"y\"} 3\nlag{topic=\"x\",group=\"b\"} 0\n";

        assertThat(Metrics.highestBy(page, "lag", "group")).containsExactly(Map.entry("a", 3.0), Map.entry("b", 0.0));
    }

    @Test
    void a_metric_is_not_mistaken_for_one_that_begins_the_same() {
        assertThat(Metrics.highest(PAGE, "tradosphere_relay_leader")).hasValue(1);
    }

    @Test
    void one_that_is_absent_or_no_number_is_nothing() {
        assertThat(Metrics.highest(PAGE, "absent")).isEmpty();
        assertThat(Metrics.highest(PAGE, "broken_value")).isEmpty();
    }
}
