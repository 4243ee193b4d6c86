package io.tradosphere.competition.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.platform.http.Problem.Violation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what an organiser sends: by the published schemas, and by what a schema cannot say. */
public final class RuleBook {

    private static final String RULES = "rules";
    private static final String SCORING_METRICS = "scoringMetrics";
    private static final String PRIZE_DISTRIBUTION = "prizeDistribution";

    private static final Duration SHORTEST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);
    private static final int DECIMALS_OF_A_PERCENTAGE = 4;
    private static final int DECIMALS_OF_A_WEIGHT = 12;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** Thirds and sevenths have no end. */
    private static final BigDecimal ROUNDING = new BigDecimal("1e-9");

    private RuleBook() {}

    /**
     * The rules, every field filled in.
     *
     * @param given what was sent; null for nothing
     * @param duel whether the competition is a 1v1, whose winner takes all by default
     * @param violations where what is wrong is added
     * @return empty when something is
     */
    public static Optional<Rules> rules(JsonNode given, boolean duel, List<Violation> violations) {
        if (!keepsSchema(PublishedSchema.RULES, given, RULES, violations)) {
            return Optional.empty();
        }
        ObjectNode complete = given.deepCopy();
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
     * The weights, every field filled in.
     *
     * @param given what was sent; null for nothing
     * @param violations where what is wrong is added
     * @return empty when something is
     */
    public static Optional<ScoringMetrics> scoringMetrics(JsonNode given, List<Violation> violations) {
        if (!keepsSchema(PublishedSchema.SCORING_METRICS, given, SCORING_METRICS, violations)) {
            return Optional.empty();
        }
        ScoringMetrics metrics = ScoringMetrics.of(given);
        List<Violation> found = new ArrayList<>();
        given.properties().forEach(weight -> {
            if (weight.getValue().decimalValue().stripTrailingZeros().scale() > DECIMALS_OF_A_WEIGHT) {
                found.add(new Violation(
                        SCORING_METRICS + "." + weight.getKey(), "has at most " + DECIMALS_OF_A_WEIGHT + " decimals"));
            }
        });
        if (metrics.sum().subtract(BigDecimal.ONE).abs().compareTo(ROUNDING) > 0) {
            found.add(new Violation(
                    SCORING_METRICS,
                    "has weights that sum to 1; these sum to " + metrics.sum().toPlainString()));
        }
        violations.addAll(found);
        return found.isEmpty() ? Optional.of(metrics) : Optional.empty();
    }

    private static boolean keepsSchema(
            PublishedSchema schema, JsonNode given, String field, List<Violation> violations) {
        List<Violation> found = given == null || given.isNull()
                ? List.of(new Violation(field, "is required"))
                : schema.violations(given, field);
        violations.addAll(found);
        return found.isEmpty();
    }

    /** The schema bounds it; as a number it may still have more decimals than money of any kind. */
    private static void checkEquity(BigDecimal equity, List<Violation> violations) {
        if (equity.scale() > 8) {
            violations.add(new Violation("rules.startingEquity", "has at most 8 decimals"));
        }
    }

    private static void checkDelay(Duration delay, List<Violation> violations) {
        if (delay.compareTo(SHORTEST_DELAY) < 0 || delay.compareTo(LONGEST_DELAY) > 0) {
            violations.add(new Violation("rules.maxReportDelay", "is from PT1S to P1D"));
        }
    }

    private static void checkDistribution(List<BigDecimal> percentages, List<Violation> violations) {
        String field = RULES + "." + PRIZE_DISTRIBUTION;
        if (percentages.stream().anyMatch(percentage -> percentage.scale() > DECIMALS_OF_A_PERCENTAGE)) {
            violations.add(
                    new Violation(field, "has percentages of at most " + DECIMALS_OF_A_PERCENTAGE + " decimals"));
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
