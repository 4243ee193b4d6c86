package io.tradosphere.competition.contest;

import io.tradosphere.competition.rules.Rules;
import io.tradosphere.competition.rules.ScoringMetrics;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.decimal.Decimals;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;

/**
 * A competition as the API shows it.
 *
 * @param creatorId who holds it; null when that person is gone
 * @param type {@code 1v1}, {@code team} or {@code free_for_all}
 * @param entryFee what it costs to join, such as {@code 0.00}
 * @param prizePool what there is to win, before the platform's fee, such as {@code 100.00}
 * @param currency of the amounts, ISO 4217
 * @param platformFeePercentage what the platform keeps of the pool, 0 to 100
 * @param maxParticipants how many may join at most; null when anybody may
 * @param participantCount how many take part, those who are hidden included
 * @param status {@code upcoming}, {@code active}, {@code completed} or {@code cancelled}
 */
record CompetitionView(
        UUID id,
        UUID creatorId,
        String name,
        String description,
        String type,
        String entryFee,
        String prizePool,
        String currency,
        BigDecimal platformFeePercentage,
        Rules rules,
        Integer maxParticipants,
        long participantCount,
        ScoringMetrics scoringMetrics,
        String status,
        Instant startsAt,
        Instant endsAt,
        Instant completedAt,
        Instant cancelledAt,
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
