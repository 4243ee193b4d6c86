package io.tradosphere.competition.contest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.platform.decimal.Decimal;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.ExternalDocumentation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What its creator can still decide of a competition while it is upcoming. What cannot be null is said by {@link Terms}, since a
 * patch need not name it.
 *
 * @param description null for none
 * @param platformFeePercentage null for 5
 * @param rules what {@code schemas/competition-rules.json} says
 * @param maxParticipants null when anybody may join; a 1v1 is for two
 * @param scoringMetrics what {@code schemas/competition-scoring-metrics.json} says
 */
record EditableCompetition(
        @Pattern(regexp = NAME, message = NAME_MESSAGE) String name,

        @Pattern(regexp = DESCRIPTION, message = DESCRIPTION_MESSAGE)
        String description,

        @Decimal @Money @Schema(implementation = String.class)
        BigDecimal prizePool,

        @Decimal
        @DecimalMin(value = "0", message = PERCENTAGE_MESSAGE)
        @DecimalMax(value = "100", message = PERCENTAGE_MESSAGE)
        @Digits(integer = 3, fraction = 2, message = PERCENTAGE_MESSAGE)
        BigDecimal platformFeePercentage,

        @Schema(
                implementation = Rules.class,
                externalDocs = @ExternalDocumentation(url = RULES_SCHEMA, description = "Its JSON Schema"))
        JsonNode rules,

        @Decimal
        @DecimalMin(value = "2", message = PLACES_MESSAGE)
        @DecimalMax(value = "1000000", message = PLACES_MESSAGE)
        @Digits(integer = 7, fraction = 0, message = PLACES_MESSAGE)
        @Schema(implementation = Integer.class)
        BigDecimal maxParticipants,

        @Schema(
                implementation = ScoringMetrics.class,
                externalDocs = @ExternalDocumentation(url = SCORING_METRICS_SCHEMA, description = "Its JSON Schema"))
        JsonNode scoringMetrics,

        Instant startsAt,
        Instant endsAt) {

    static final String RULES_SCHEMA = "/v1/competitions/schemas/rules";
    static final String SCORING_METRICS_SCHEMA = "/v1/competitions/schemas/scoring-metrics";

    /** Characters as people count them, as the database does. */
    static final String NAME = "(?!\\s)[^\\p{Cntrl}]{1,200}(?<!\\s)";

    static final String NAME_MESSAGE = "has 1 to 200 characters, none of them control characters, no space around them";
    static final String DESCRIPTION = "(?sU)(?=.*\\S).{1,5000}";
    static final String DESCRIPTION_MESSAGE = "has 1 to 5000 characters, not all of them spaces";
    static final String PERCENTAGE_MESSAGE = "is from 0 to 100, with at most 2 decimals";
    static final String PLACES_MESSAGE = "is a whole number from 2 to 1000000";

    static EditableCompetition of(CompetitionView shown) {
        return new EditableCompetition(
                shown.name(),
                shown.description(),
                new BigDecimal(shown.prizePool()),
                shown.platformFeePercentage(),
                shown.rules().toTree(),
                shown.maxParticipants() == null ? null : BigDecimal.valueOf(shown.maxParticipants()),
                shown.scoringMetrics().toTree(),
                shown.startsAt(),
                shown.endsAt());
    }
}
