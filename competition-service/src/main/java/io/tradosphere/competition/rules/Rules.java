package io.tradosphere.competition.rules;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A competition's rules. The published schema {@code schemas/competition-rules.json} says what an organiser may send; what is
 * stored has every field.
 *
 * @param startingEquity what each participant is taken to start with, for ratios and drawdown; more than 0, default 10000
 * @param lateEntry whether one may join while it is under way; default no
 * @param maxReportDelay how long after its close a trade may be reported and still count; default 15 minutes
 * @param prizeDistribution what the places get of the prizes, in percent: the first place's first, none more than the one
 *     before, 100 in all; default 50, 30 and 20
 * @param assetTypes what trades must be of to count, such as {@code crypto}; empty when all count
 */
public record Rules(
        @Decimal @Schema(implementation = String.class, examples = "10000")
        BigDecimal startingEquity,

        boolean lateEntry,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Schema(implementation = String.class, examples = "PT15M")
        Duration maxReportDelay,

        List<BigDecimal> prizeDistribution,
        List<String> assetTypes) {

    /** What the winner gets where there is one place alone. */
    public static final List<BigDecimal> WINNER_TAKES_ALL = List.of(BigDecimal.valueOf(100));

    private static final BigDecimal STARTING_EQUITY = BigDecimal.valueOf(10_000);
    private static final Duration MAX_REPORT_DELAY = Duration.ofMinutes(15);
    private static final List<BigDecimal> THREE_PLACES =
            List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(30), BigDecimal.valueOf(20));

    /** Fills in the default of whatever is null. */
    public Rules {
        startingEquity = startingEquity == null ? STARTING_EQUITY : Decimals.stripped(startingEquity);
        maxReportDelay = maxReportDelay == null ? MAX_REPORT_DELAY : maxReportDelay;
        prizeDistribution = prizeDistribution == null
                ? THREE_PLACES
                : prizeDistribution.stream().map(Decimals::stripped).toList();
        assetTypes = assetTypes == null ? List.of() : List.copyOf(assetTypes);
    }

    /** Reads them as the column {@code competitions.rules} holds them. */
    public static Rules parse(String json) {
        return Stored.read(json, Rules.class);
    }

    /** What was sent, of which {@link RuleBook} has made sure that it can be read. */
    static Rules of(JsonNode given) {
        return Stored.of(given, Rules.class);
    }

    /** As a client would send them. */
    public JsonNode toTree() {
        return Stored.tree(this);
    }

    /** The text that is stored. */
    public String toJson() {
        return Stored.write(this);
    }

    /** Whether trades of that asset type, such as {@code crypto}, count. */
    public boolean counts(String assetType) {
        return assetTypes.isEmpty() || assetTypes.contains(assetType);
    }
}
