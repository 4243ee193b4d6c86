package io.tradosphere.competition.definition;

import static io.tradosphere.competition.definition.EditableCompetition.DESCRIPTION;
import static io.tradosphere.competition.definition.EditableCompetition.DESCRIPTION_MESSAGE;
import static io.tradosphere.competition.definition.EditableCompetition.MAX_PARTICIPANTS_MESSAGE;
import static io.tradosphere.competition.definition.EditableCompetition.NAME;
import static io.tradosphere.competition.definition.EditableCompetition.NAME_MESSAGE;
import static io.tradosphere.competition.definition.EditableCompetition.PERCENTAGE_MESSAGE;
import static io.tradosphere.competition.definition.EditableCompetition.RULES_SCHEMA;
import static io.tradosphere.competition.definition.EditableCompetition.SCORING_METRICS_SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.contracts.competition.CompetitionType;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.text.FreeText;
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
 * The request body that creates a competition.
 *
 * @param name the name, of 1 to 200 characters
 * @param description what it is about; optional
 * @param type who competes with whom
 * @param entryFee price of joining: 0, since paid entry is not supported; optional
 * @param prizePool prize money before the platform's fee, with at most 2 decimals
 * @param platformFeePercentage the platform's share of the pool, 0 to 100; 5 when absent
 * @param rules what counts and how the prizes are shared
 * @param maxParticipants capacity; unlimited when absent, in a 1v1 2
 * @param scoringMetrics the weights of the score
 * @param startsAt when it begins
 * @param endsAt when it ends
 */
record NewCompetition(
        @NotNull(message = "is required") @FreeText @Pattern(regexp = NAME, message = NAME_MESSAGE)
        String name,

        @FreeText(lines = true) @Pattern(regexp = DESCRIPTION, message = DESCRIPTION_MESSAGE)
        String description,

        @NotNull(message = "is required")
        @Pattern(regexp = DUEL + "|team|free_for_all", message = "is one of 1v1, team, free_for_all")
        @Schema(implementation = CompetitionType.class)
        String type,

        @Decimal @Money BigDecimal entryFee,
        @NotNull(message = "is required") @Decimal @Money BigDecimal prizePool,

        @Schema(implementation = Double.class)
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
        @DecimalMin(value = "2", message = MAX_PARTICIPANTS_MESSAGE)
        @DecimalMax(value = "1000000", message = MAX_PARTICIPANTS_MESSAGE)
        @Digits(integer = 7, fraction = 0, message = MAX_PARTICIPANTS_MESSAGE)
        @Schema(implementation = Integer.class)
        BigDecimal maxParticipants,

        @NotNull(message = "is required")
        @Schema(
                implementation = ScoringMetrics.class,
                externalDocs = @ExternalDocumentation(url = SCORING_METRICS_SCHEMA, description = "Its JSON Schema"))
        JsonNode scoringMetrics,

        @NotNull(message = "is required") Instant startsAt,
        @NotNull(message = "is required") Instant endsAt) {

    /** The type of a competition with exactly two participants. */
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
