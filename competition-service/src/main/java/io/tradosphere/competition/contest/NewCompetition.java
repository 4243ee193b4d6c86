package io.tradosphere.competition.contest;

import static io.tradosphere.competition.contest.EditableCompetition.DESCRIPTION;
import static io.tradosphere.competition.contest.EditableCompetition.DESCRIPTION_MESSAGE;
import static io.tradosphere.competition.contest.EditableCompetition.NAME;
import static io.tradosphere.competition.contest.EditableCompetition.NAME_MESSAGE;
import static io.tradosphere.competition.contest.EditableCompetition.PERCENTAGE_MESSAGE;
import static io.tradosphere.competition.contest.EditableCompetition.PLACES_MESSAGE;
import static io.tradosphere.competition.contest.EditableCompetition.RULES_SCHEMA;
import static io.tradosphere.competition.contest.EditableCompetition.SCORING_METRICS_SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.platform.decimal.Decimal;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.ExternalDocumentation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request that announces a competition.
 *
 * @param entryFee 0 or null: there is no way yet to take what it would cost to join
 * @param platformFeePercentage null for 5
 * @param maxParticipants null when anybody may join, and in a 1v1, which is for two
 */
record NewCompetition(
        @NotNull(message = "is required") @Pattern(regexp = NAME, message = NAME_MESSAGE)
        String name,

        @Pattern(regexp = DESCRIPTION, message = DESCRIPTION_MESSAGE)
        String description,

        @NotNull(message = "is required")
        @Pattern(regexp = DUEL + "|team|free_for_all", message = "is one of 1v1, team, free_for_all")
        String type,

        @Decimal @Money @Schema(implementation = String.class)
        BigDecimal entryFee,

        @NotNull(message = "is required") @Decimal @Money @Schema(implementation = String.class)
        BigDecimal prizePool,

        @Decimal
        @DecimalMin(value = "0", message = PERCENTAGE_MESSAGE)
        @DecimalMax(value = "100", message = PERCENTAGE_MESSAGE)
        @Digits(integer = 3, fraction = 2, message = PERCENTAGE_MESSAGE)
        BigDecimal platformFeePercentage,

        @NotNull(message = "is required")
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

        @NotNull(message = "is required")
        @Schema(
                implementation = ScoringMetrics.class,
                externalDocs = @ExternalDocumentation(url = SCORING_METRICS_SCHEMA, description = "Its JSON Schema"))
        JsonNode scoringMetrics,

        @NotNull(message = "is required") Instant startsAt,
        @NotNull(message = "is required") Instant endsAt) {

    /** The type of a competition between two. */
    static final String DUEL = "1v1";

    boolean isPaid() {
        return entryFee != null && entryFee.signum() > 0;
    }

    EditableCompetition editable() {
        return new EditableCompetition(
                name,
                description,
                prizePool,
                platformFeePercentage,
                rules,
                maxParticipants,
                scoringMetrics,
                startsAt,
                endsAt);
    }
}
