package io.tradosphere.competition.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.http.Defaulted;
import io.tradosphere.platform.text.FreeText;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.ExternalDocumentation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The fields that the creator may edit while the competition is upcoming. {@link CompetitionTerms} checks required
 * fields, since a patch may omit any field.
 *
 * @param name the name, of 1 to 200 characters
 * @param description null for none
 * @param prizePool prize money before the platform's fee, with at most 2 decimals
 * @param platformFeePercentage the platform's share of the pool, 0 to 100
 * @param rules validated by {@code schemas/competition-rules.json}
 * @param maxParticipants null for unlimited; always 2 in a 1v1
 * @param scoringMetrics validated by {@code schemas/competition-scoring-metrics.json}
 * @param startsAt when it begins
 * @param endsAt when it ends
 */
record EditableCompetition(
        @FreeText @Pattern(regexp = NAME, message = NAME_MESSAGE)
        String name,

        @Nullable @FreeText(lines = true) @Pattern(regexp = DESCRIPTION, message = DESCRIPTION_MESSAGE)
        String description,

        @Decimal @Money BigDecimal prizePool,

        @Schema(implementation = Double.class)
        @Defaulted
        @Decimal
        @DecimalMin(value = "0", message = PERCENTAGE_MESSAGE)
        @DecimalMax(value = "100", message = PERCENTAGE_MESSAGE)
        @Digits(integer = 3, fraction = 2, message = PERCENTAGE_MESSAGE)
        BigDecimal platformFeePercentage,

        @Schema(
                implementation = Rules.class,
                externalDocs = @ExternalDocumentation(url = RULES_SCHEMA, description = "Its JSON Schema"))
        JsonNode rules,

        @Nullable
        @Decimal
        @DecimalMin(value = "2", message = MAX_PARTICIPANTS_MESSAGE)
        @DecimalMax(value = "1000000", message = MAX_PARTICIPANTS_MESSAGE)
        @Digits(integer = 7, fraction = 0, message = MAX_PARTICIPANTS_MESSAGE)
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

    /** Counts code points, as PostgreSQL's {@code char_length} does. */
    static final String NAME = "(?!\\s)[^\\p{Cntrl}]{1,200}(?<!\\s)";

    static final String NAME_MESSAGE = "has 1 to 200 characters, none of them control characters, no space around them";
    static final String DESCRIPTION = "(?sU)(?=.*\\S).{1,5000}";
    static final String DESCRIPTION_MESSAGE = "has 1 to 5000 characters, not all of them spaces";
    static final String PERCENTAGE_MESSAGE = "is from 0 to 100, with at most 2 decimals";
    static final String MAX_PARTICIPANTS_MESSAGE = "is a whole number from 2 to 1000000";

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
