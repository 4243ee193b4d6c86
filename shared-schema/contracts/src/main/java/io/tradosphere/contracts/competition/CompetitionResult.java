package io.tradosphere.contracts.competition;

import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * How one participant did.
 *
 * @param participantId the participation; the internal participants topic tells the suite's own services whose
 *     it is, also when it is hidden
 * @param profileId the person; null when hidden or erased
 * @param incarnation the incarnation of that person's id; null when the person is
 * @param hidden whether the person is in stealth mode, so that only rank and prize are published
 * @param clanId the clan competed for; null without one or when hidden
 * @param rank final rank: 1, 2, 2, 4
 * @param prize what is won, after the platform's fee
 * @param score final score; null when hidden
 * @param totalPnl net profit or loss; null when hidden
 * @param winRate winning trades in percent of closed ones; null without any or when hidden
 * @param sharpeRatio Sharpe ratio of daily returns; null when undefined or hidden
 * @param maxDrawdown deepest fall from a peak in percent; null when hidden
 * @param tradeCount how many trades counted; null when hidden
 */
public record CompetitionResult(
        UUID participantId,
        @Nullable UUID profileId,
        @Nullable Long incarnation,
        boolean hidden,
        @Nullable UUID clanId,
        int rank,
        BigDecimal prize,
        @Nullable BigDecimal score,
        @Nullable BigDecimal totalPnl,
        @Nullable BigDecimal winRate,
        @Nullable BigDecimal sharpeRatio,
        @Nullable BigDecimal maxDrawdown,
        @Nullable Integer tradeCount) {}
