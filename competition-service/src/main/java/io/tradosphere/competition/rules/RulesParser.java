package io.tradosphere.competition.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.http.Problem.Violation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses rules and scoring metrics. It validates them by the published schemas and by further checks that a schema cannot
 * express.
 */
public final class RulesParser {

    private static final String RULES = "rules";
    private static final String SCORING_METRICS = "scoringMetrics";
    private static final String PRIZE_DISTRIBUTION = "prizeDistribution";

    private static final Duration MIN_DELAY = Duration.ofSeconds(1);
    private static final Duration MAX_DELAY = Duration.ofDays(1);
    private static final int MAX_PERCENTAGE_DECIMALS = 4;
    private static final int MAX_WEIGHT_DECIMALS = 12;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** Allows for rounding: weights such as one third have no finite decimal form. */
    private static final BigDecimal SUM_TOLERANCE = new BigDecimal("1e-9");

    private RulesParser() {}

    /**
     * Parses the rules and fills in defaults.
     *
     * @param value the requested value; null when absent
     * @param duel whether the competition is a 1v1, where the winner takes all by default
     * @param violations receives the violations
     * @return empty when there are violations
     */
    public static Optional<Rules> rules(JsonNode value, boolean duel, List<Violation> violations) {
        if (!conformsToSchema(PublishedSchema.RULES, value, RULES, violations)) {
            return Optional.empty();
        }
        ObjectNode complete = value.deepCopy();
        if (duel && !complete.has(PRIZE_DISTRIBUTION)) {
            Rules.WINNER_TAKES_ALL.forEach(complete.putArray(PRIZE_DISTRIBUTION)::add);
        }
        Rules rules = Rules.of(complete);
        List<Violation> found = new ArrayList<>();
        checkEquity(rules.startingEquity(), found);
        checkDelay(rules.maxReportDelay(), found);
        checkDistribution(rules.prizeDistribution(), found);
        violations.addAll(found);
        return found.isEmpty() ? Optional.of(rules) : Optional.empty();
    }

    /**
     * Parses the weights and fills in defaults.
     *
     * @param value the requested value; null when absent
     * @param violations receives the violations
     * @return empty when there are violations
     */
    public static Optional<ScoringMetrics> scoringMetrics(JsonNode value, List<Violation> violations) {
        if (!conformsToSchema(PublishedSchema.SCORING_METRICS, value, SCORING_METRICS, violations)) {
            return Optional.empty();
        }
        ScoringMetrics metrics = ScoringMetrics.of(value);
        List<Violation> found = new ArrayList<>();
        value.properties().forEach(weight -> {
            if (weight.getValue().decimalValue().stripTrailingZeros().scale() > MAX_WEIGHT_DECIMALS) {
                found.add(new Violation(
                        SCORING_METRICS + "." + weight.getKey(), "has at most " + MAX_WEIGHT_DECIMALS + " decimals"));
            }
        });
        if (metrics.sum().subtract(BigDecimal.ONE).abs().compareTo(SUM_TOLERANCE) > 0) {
            found.add(new Violation(
                    SCORING_METRICS,
                    "has weights that sum to 1; these sum to " + metrics.sum().toPlainString()));
        }
        violations.addAll(found);
        return found.isEmpty() ? Optional.of(metrics) : Optional.empty();
    }

    private static boolean conformsToSchema(
            PublishedSchema schema, JsonNode value, String field, List<Violation> violations) {
        List<Violation> found = value == null || value.isNull()
                ? List.of(new Violation(field, "is required"))
                : schema.violations(value, field);
        violations.addAll(found);
        return found.isEmpty();
    }

    /** The schema checks the range. A JSON number may still have too many decimals. */
    private static void checkEquity(BigDecimal equity, List<Violation> violations) {
        if (equity.scale() > 8) {
            violations.add(new Violation("rules.startingEquity", "has at most 8 decimals"));
        }
    }

    private static void checkDelay(Duration delay, List<Violation> violations) {
        if (delay.compareTo(MIN_DELAY) < 0 || delay.compareTo(MAX_DELAY) > 0) {
            violations.add(new Violation("rules.maxReportDelay", "is from PT1S to P1D"));
        }
    }

    private static void checkDistribution(List<BigDecimal> percentages, List<Violation> violations) {
        String field = RULES + "." + PRIZE_DISTRIBUTION;
        if (percentages.stream().anyMatch(percentage -> percentage.scale() > MAX_PERCENTAGE_DECIMALS)) {
            violations.add(new Violation(field, "has percentages of at most " + MAX_PERCENTAGE_DECIMALS + " decimals"));
            return;
        }
        for (int place = 1; place < percentages.size(); place++) {
            if (percentages.get(place).compareTo(percentages.get(place - 1)) > 0) {
                violations.add(new Violation(field + "[" + place + "]", "is not more than what the place before gets"));
            }
        }
        BigDecimal sum = percentages.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(HUNDRED) != 0) {
            violations.add(
                    new Violation(field, "has percentages that sum to 100; these sum to " + sum.toPlainString()));
        }
    }
}
