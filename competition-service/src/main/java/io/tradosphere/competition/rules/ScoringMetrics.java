package io.tradosphere.competition.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The weight of each metric in the score. Each weight is 0 to 1, and they sum to 1. Requests follow the published
 * schema {@code schemas/competition-scoring-metrics.json}; stored values have every field.
 *
 * @param totalPnl weight of the net profit or loss; default 0, as for each weight
 * @param winRate weight of the share of winning trades
 * @param sharpeRatio weight of the Sharpe ratio of daily returns
 * @param maxDrawdown weight of the largest decline from a peak; a smaller drawdown scores higher
 */
public record ScoringMetrics(
        @Schema(minimum = "0", maximum = "1") BigDecimal totalPnl,
        @Schema(minimum = "0", maximum = "1") BigDecimal winRate,
        @Schema(minimum = "0", maximum = "1") BigDecimal sharpeRatio,
        @Schema(minimum = "0", maximum = "1") BigDecimal maxDrawdown) {

    /** Replaces nulls by 0. */
    public ScoringMetrics {
        totalPnl = weight(totalPnl);
        winRate = weight(winRate);
        sharpeRatio = weight(sharpeRatio);
        maxDrawdown = weight(maxDrawdown);
    }

    /** Parses the column {@code competitions.scoring_metrics}. */
    public static ScoringMetrics parse(String json) {
        return StoredJson.read(json, ScoringMetrics.class);
    }

    /** Converts a value that {@link RulesParser} has validated. */
    static ScoringMetrics of(JsonNode value) {
        return StoredJson.of(value, ScoringMetrics.class);
    }

    /** The JSON tree, as a client would send it. */
    public JsonNode toTree() {
        return StoredJson.tree(this);
    }

    /** The JSON text to store. */
    public String toJson() {
        return StoredJson.write(this);
    }

    /** The sum of the weights. */
    BigDecimal sum() {
        return totalPnl.add(winRate).add(sharpeRatio).add(maxDrawdown);
    }

    private static BigDecimal weight(BigDecimal value) {
        return value == null ? BigDecimal.ZERO : Decimals.stripped(value);
    }
}
