package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * The numbers of a trade, without notes, tags or the broker.
 *
 * @param tradeId the trade
 * @param userId whose trade it is
 * @param incarnation the incarnation of that person's id
 * @param asset what is traded, upper case
 * @param assetType what kind of thing that is
 * @param direction which way
 * @param size how much of the asset
 * @param leverage how many times the margin; 1 without leverage
 * @param entryPrice price at the opening
 * @param openedAt when it was opened
 * @param exitPrice price at the closing; null while open
 * @param closedAt when it was closed; null while open
 * @param fees what the broker took; negative for a rebate; null when there is none
 * @param pnl profit or loss before fees; null while open
 * @param netPnl profit or loss after fees; null while open
 * @param pnlPercentage profit or loss before fees in percent of the margin; null while open
 * @param reportedAt when TradoSphere learned of it: of the closing once closed, of the opening before that
 */
public record TradeState(
        UUID tradeId,
        UUID userId,
        long incarnation,
        String asset,
        AssetType assetType,
        Direction direction,
        BigDecimal size,
        BigDecimal leverage,
        BigDecimal entryPrice,
        Instant openedAt,
        @Nullable BigDecimal exitPrice,
        @Nullable Instant closedAt,
        @Nullable BigDecimal fees,
        @Nullable BigDecimal pnl,
        @Nullable BigDecimal netPnl,
        @Nullable BigDecimal pnlPercentage,
        Instant reportedAt) {}
