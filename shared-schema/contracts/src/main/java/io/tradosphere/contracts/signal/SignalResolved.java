package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A signal was decided, once and for good. Those of one creator arrive in the order of their resolution, which is
 * the order that streaks go by.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param assetSymbol what is traded, upper case, such as `BTC/USD`
 * @param assetType what kind of thing that is
 * @param direction which way the signal is meant
 * @param outcome what became of it
 * @param outcomeSource who decided that
 * @param outcomePrice the price that decided it; null when there is none
 * @param postedAt when it had been posted
 * @param resolvedAt when it was decided
 */
public record SignalResolved(
        UUID signalId,
        UUID creatorId,
        long creatorIncarnation,
        String assetSymbol,
        AssetType assetType,
        Direction direction,
        Outcome outcome,
        OutcomeSource outcomeSource,
        @Nullable BigDecimal outcomePrice,
        Instant postedAt,
        Instant resolvedAt)
        implements SignalEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_RESOLVED;
    }
}
