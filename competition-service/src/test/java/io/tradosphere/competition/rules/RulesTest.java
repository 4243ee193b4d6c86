package io.tradosphere.competition.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {

    @Test
    void what_is_not_said_has_its_default() {
        Rules rules = Rules.parse("{}");

        assertThat(rules)
                .isEqualTo(new Rules(
                        new BigDecimal("10000"),
                        false,
                        Duration.ofMinutes(15),
                        List.of(new BigDecimal("50"), new BigDecimal("30"), new BigDecimal("20")),
                        List.of()));
    }

    @Test
    void what_is_stored_has_every_field() {
        assertThat(Rules.parse("{}").toJson())
                .isEqualTo("{\"startingEquity\":\"10000\",\"lateEntry\":false,\"maxReportDelay\":\"PT15M\","
                        + "\"prizeDistribution\":[50,30,20],\"assetTypes\":[]}");
    }

    @Test
    void what_is_stored_is_read_again() {
        Rules rules = new Rules(
                new BigDecimal("2500.50"),
                true,
                Duration.ofHours(26),
                List.of(new BigDecimal("66.660"), new BigDecimal("33.34")),
                List.of("crypto"));

        assertThat(Rules.parse(rules.toJson())).isEqualTo(rules);
    }

    @Test
    void only_trades_of_the_asset_types_named_count() {
        Rules rules = Rules.parse("{\"assetTypes\":[\"crypto\",\"forex\"]}");

        assertThat(rules.counts("forex")).isTrue();
        assertThat(rules.counts("stocks")).isFalse();
    }

    @Test
    void all_trades_count_where_no_asset_type_is_named() {
        assertThat(Rules.parse("{}").counts("stocks")).isTrue();
    }

    @Test
    void a_field_of_a_later_version_is_passed_over() {
        assertThat(Rules.parse("{\"leverage\":5}")).isEqualTo(Rules.parse("{}"));
    }

    @Test
    void what_are_no_rules_is_a_defect() {
        assertThatThrownBy(() -> Rules.parse("[]")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_metric_that_is_not_named_weighs_nothing() {
        ScoringMetrics metrics = ScoringMetrics.parse("{\"totalPnl\":0.70,\"winRate\":0.3}");

        assertThat(metrics.toJson())
                .isEqualTo("{\"totalPnl\":0.7,\"winRate\":0.3,\"sharpeRatio\":0,\"maxDrawdown\":0}");
        assertThat(ScoringMetrics.parse(metrics.toJson())).isEqualTo(metrics);
    }
}
