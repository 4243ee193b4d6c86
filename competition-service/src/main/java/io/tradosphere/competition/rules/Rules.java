package io.tradosphere.competition.rules;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The rules of a competition. Requests follow the published schema {@code schemas/competition-rules.json}; stored rules
 * have every field.
 *
 * @param startingEquity assumed initial equity of each participant, for ratios and drawdown; above 0, default 10000
 * @param lateEntry whether joining is allowed while the competition is active; default false
 * @param maxReportDelay longest time between a trade's close and its report; default 15 minutes
 * @param prizeDistribution percentage of each place, first place first, not increasing, 100 in total; default 50, 30
 *     and 20
 * @param assetTypes asset types that count, such as {@code crypto}; empty for all
 */
@Schema(name = "CompetitionRules")
public record Rules(
        @Decimal BigDecimal startingEquity,
        boolean lateEntry,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Schema(implementation = String.class, format = "duration")
        Duration maxReportDelay,

        List<BigDecimal> prizeDistribution,
        @Schema(implementation = AssetType.class) List<String> assetTypes) {

    /** The distribution with a single place. */
    public static final List<BigDecimal> WINNER_TAKES_ALL = List.of(BigDecimal.valueOf(100));

    private static final BigDecimal STARTING_EQUITY = BigDecimal.valueOf(10_000);
    private static final Duration MAX_REPORT_DELAY = Duration.ofMinutes(15);
    private static final List<BigDecimal> THREE_PLACES =
            List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(30), BigDecimal.valueOf(20));

    /** Replaces nulls by defaults. */
    public Rules {
        startingEquity = startingEquity == null ? STARTING_EQUITY : Decimals.stripped(startingEquity);
        maxReportDelay = maxReportDelay == null ? MAX_REPORT_DELAY : maxReportDelay;
        prizeDistribution = prizeDistribution == null
                ? THREE_PLACES
                : prizeDistribution.stream().map(Decimals::stripped).toList();
        assetTypes = assetTypes == null ? List.of() : List.copyOf(assetTypes);
    }

    /** Parses the column {@code competitions.rules}. */
    public static Rules parse(String json) {
        return StoredJson.read(json, Rules.class);
    }

    /** Converts a value that {@link RulesParser} has validated. */
    static Rules of(JsonNode value) {
        return StoredJson.of(value, Rules.class);
    }

    /** The JSON tree, as a client would send it. */
    public JsonNode toTree() {
        return StoredJson.tree(this);
    }

    /** The JSON text to store. */
    public String toJson() {
        return StoredJson.write(this);
    }

    /** Whether trades of that asset type, such as {@code crypto}, count. */
    public boolean counts(String assetType) {
        return assetTypes.isEmpty() || assetTypes.contains(assetType);
    }
}
