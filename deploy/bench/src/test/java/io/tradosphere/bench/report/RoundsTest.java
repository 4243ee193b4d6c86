package io.tradosphere.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void the_median_of_an_odd_number_of_rounds_is_the_one_in_the_middle() {
        // Given
        Rounds rounds = rounds(900, 10, 20);

        // Then
        assertThat(rounds.median("ours", "rate")).isEqualTo(20);
    }

    @Test
    void the_median_of_an_even_number_is_the_mean_of_the_middle_two() {
        assertThat(rounds(1, 2, 4, 100).median("ours", "rate")).isEqualTo(3);
    }

    @Test
    void a_variant_without_measurements_has_no_median() {
        assertThat(rounds(1).median("trigger", "rate")).isNaN();
    }

    @Test
    void a_ratio_below_its_target_is_missed_and_one_above_is_met() {
        // Given
        Rounds rounds = new Rounds();
        rounds.add(Map.of(
                "ours", new Measurement().with("rate", 300).with("p99Ms", 10),
                "trigger", new Measurement().with("rate", 100).with("p99Ms", 80)));
        CaseReport report = new CaseReport("any", rounds);

        // When
        report.compare("rate", "rate", CaseReport.Better.HIGHER, 4);
        report.compare("p99", "p99Ms", CaseReport.Better.LOWER, 5);

        // Then
        assertThat(report.lines()).extracting(CaseReport.Line::ratio).containsExactly(3.0, 8.0);
        assertThat(report.lines()).extracting(CaseReport.Line::met).containsExactly(false, true);
    }

    @Test
    void a_maximum_ratio_is_met_up_to_the_maximum() {
        // Given
        Rounds rounds = new Rounds();
        rounds.add(Map.of("all", new Measurement().with("feedP99Ms", 15).with("boardP99Ms", 16)));
        rounds.add(Map.of("tenth", new Measurement().with("feedP99Ms", 10).with("boardP99Ms", 10)));
        CaseReport report = new CaseReport("any", rounds);

        // When
        report.ratioAtMost("feed", "all", "feedP99Ms", "tenth", 1.5);
        report.ratioAtMost("board", "all", "boardP99Ms", "tenth", 1.5);
        report.ratioAtMost("board, without a target", "all", "boardP99Ms", "tenth", Double.NaN);

        // Then
        assertThat(report.lines()).extracting(CaseReport.Line::ratio).containsExactly(1.5, 1.6, 1.6);
        assertThat(report.lines()).extracting(CaseReport.Line::met).containsExactly(true, false, null);
    }

    @Test
    void a_zero_target_is_missed_by_a_single_round_of_one_variant() {
        // Given
        Rounds rounds = new Rounds();
        rounds.add(
                Map.of("service", new Measurement().with("failed", 0), "gateway", new Measurement().with("failed", 0)));
        rounds.add(
                Map.of("service", new Measurement().with("failed", 0), "gateway", new Measurement().with("failed", 1)));
        CaseReport report = new CaseReport("any", rounds);

        // When
        report.mustBeZero("failed", "failed", List.of("service", "gateway"), "fastify");
        report.mustBeZero("failed at the service", "failed", List.of("service"), "fastify");

        // Then
        assertThat(report.lines()).extracting(CaseReport.Line::met).containsExactly(false, true);
    }

    private static Rounds rounds(double... rates) {
        Rounds rounds = new Rounds();
        for (double rate : rates) {
            rounds.add(Map.of("ours", new Measurement().with("rate", rate)));
        }
        return rounds;
    }
}
