package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A signal was posted. Its levels never change; the rationale is read through the API.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param assetSymbol what is traded, upper case, such as `BTC/USD`
 * @param assetType what kind of thing that is
 * @param direction which way the signal is meant
 * @param entryPrice where to enter; null when there is none
 * @param targetPrice the price that makes it a hit; null when there is none
 * @param stopLoss the price that makes it a miss; null when there is none
 * @param riskRewardRatio distance to the target over distance to the stop; null when there is none
 * @param positionSize suggested size of the position; null when there is none
 * @param timeframe over what time it is meant, such as `4H`; null when there is none
 * @param aiParsed whether the fields were read from free text by machine
 * @param postedAt when it was posted
 * @param audience for whom it is until it is decided; null, as in older events, for everybody. One for subscribers appears on the
 *     public topic when it is decided, just before `signal.resolved`
 */
public record SignalPosted(
        UUID signalId,
        UUID creatorId,
        long creatorIncarnation,
        String assetSymbol,
        AssetType assetType,
        Direction direction,
        @Nullable BigDecimal entryPrice,
        @Nullable BigDecimal targetPrice,
        @Nullable BigDecimal stopLoss,
        @Nullable BigDecimal riskRewardRatio,
        @Nullable BigDecimal positionSize,
        @Nullable String timeframe,
        boolean aiParsed,
        Instant postedAt,
        @Nullable Audience audience)
        implements SignalEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_POSTED;
    }
}
