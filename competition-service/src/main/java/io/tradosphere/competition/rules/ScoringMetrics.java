package io.tradosphere.competition.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;

/**
 * How much each metric weighs in a competition's score: each 0 to 1, together 1. The published schema is
 * {@code schemas/competition-scoring-metrics.json}; what is stored has every field.
 *
 * @param totalPnl weight of the net profit or loss; default 0, as of each
 * @param winRate weight of the share of winning trades
 * @param sharpeRatio weight of the Sharpe ratio of daily returns
 * @param maxDrawdown weight of the deepest fall from a peak, of which less is better
 */
public record ScoringMetrics(BigDecimal totalPnl, BigDecimal winRate, BigDecimal sharpeRatio, BigDecimal maxDrawdown) {

    /** Takes 0 for whatever is null. */
    public ScoringMetrics {
        totalPnl = weight(totalPnl);
        winRate = weight(winRate);
        sharpeRatio = weight(sharpeRatio);
        maxDrawdown = weight(maxDrawdown);
    }

    /** Reads them as the column {@code competitions.scoring_metrics} holds them. */
    public static ScoringMetrics parse(String json) {
        return Stored.read(json, ScoringMetrics.class);
    }

    /** What was sent, of which {@link RuleBook} has made sure that it can be read. */
    static ScoringMetrics of(JsonNode given) {
        return Stored.of(given, ScoringMetrics.class);
    }

    /** As a client would send them. */
    public JsonNode toTree() {
        return Stored.tree(this);
    }

    /** The text that is stored. */
    public String toJson() {
        return Stored.write(this);
    }

    /** What the weights come to. */
    BigDecimal sum() {
        return totalPnl.add(winRate).add(sharpeRatio).add(maxDrawdown);
    }

    private static BigDecimal weight(BigDecimal given) {
        return given == null ? BigDecimal.ZERO : Decimals.stripped(given);
    }
}
