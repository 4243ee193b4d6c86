package io.tradosphere.competition.definition;

import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.contracts.Nullable;
import io.tradosphere.contracts.competition.CompetitionType;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The JSON representation of a competition.
 *
 * @param id the id of the competition
 * @param creatorId the creator's profile id; null once the creator is erased
 * @param name the name
 * @param description what it is about; null when there is none
 * @param type {@code 1v1}, {@code team} or {@code free_for_all}
 * @param entryFee price of joining, such as {@code 0.00}
 * @param prizePool prize money before the platform's fee, such as {@code 100.00}
 * @param currency of the amounts, ISO 4217
 * @param platformFeePercentage the platform's share of the pool, 0 to 100
 * @param rules what counts and how the prizes are shared
 * @param maxParticipants capacity; null for unlimited
 * @param participantCount number of participants, including those in stealth mode
 * @param scoringMetrics the weights of the score
 * @param status {@code upcoming}, {@code active}, {@code completed} or {@code cancelled}
 * @param startsAt when it begins
 * @param endsAt when it ends
 * @param completedAt when the results were computed; null before
 * @param cancelledAt when it was cancelled; null unless it was
 * @param createdAt when it was created
 * @param updatedAt when it last changed
 */
@Schema(name = "Competition")
record CompetitionView(
        UUID id,
        @Nullable UUID creatorId,
        String name,
        @Nullable String description,
        @Schema(implementation = CompetitionType.class) String type,
        @Money String entryFee,
        @Money String prizePool,
        @Schema(pattern = "^[A-Z]{3}$") String currency,
        @Schema(minimum = "0", maximum = "100") BigDecimal platformFeePercentage,
        Rules rules,
        @Nullable Integer maxParticipants,
        long participantCount,
        ScoringMetrics scoringMetrics,

        @Schema(enumeration = {"upcoming", "active", "completed", "cancelled"})
        String status,

        Instant startsAt,
        Instant endsAt,
        @Nullable Instant completedAt,
        @Nullable Instant cancelledAt,
        Instant createdAt,
        Instant updatedAt) {

    static CompetitionView of(Row row) {
        String currency = row.getString("currency");
        return new CompetitionView(
                row.getUUID("id"),
                row.getUUID("creator_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("type"),
                money(row.getBigDecimal("entry_fee"), currency),
                money(row.getBigDecimal("prize_pool"), currency),
                currency,
                Decimals.stripped(row.getBigDecimal("platform_fee_percentage")),
                Rules.parse(row.getString("rules")),
                row.getInteger("max_participants"),
                row.getLong("participant_count"),
                ScoringMetrics.parse(row.getString("scoring_metrics")),
                row.getString("status"),
                Rows.instant(row, "starts_at"),
                Rows.instant(row, "ends_at"),
                Rows.instant(row, "completed_at"),
                Rows.instant(row, "cancelled_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    private static String money(BigDecimal amount, String currency) {
        return amount.setScale(Currency.getInstance(currency).getDefaultFractionDigits(), RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
