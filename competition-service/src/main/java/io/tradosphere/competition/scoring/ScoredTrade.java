package io.tradosphere.competition.scoring;

import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeCorrected;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.inbox.Delivery;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The latest state of a trade in one competition. A retracted trade keeps its row and sequence, so that an earlier event cannot
 * restore it.
 *
 * @param trade the trade's state; null when it does not count
 * @param recordedAt when TradoSphere recorded that state
 */
record ScoredTrade(Participation participation, UUID id, TradeState trade, Instant recordedAt, long sequence) {

    /** Maps an event to the trade's state in the competition; empty when the event is irrelevant there. */
    static Optional<ScoredTrade> of(Delivery<TradeEvent> delivery, Participation participation) {
        TradeEvent event = delivery.event();
        TradeState state = state(event);
        Instant recordedAt = recordedAt(event);
        if (recordedAt == null
                || event.incarnation() != participation.incarnation()
                || !participation.covers(recordedAt)) {
            return Optional.empty();
        }
        boolean counts = state != null && participation.counts(state, recordedAt);
        if (!counts && event instanceof TradeClosed) {
            // No earlier event of this trade can have counted.
            return Optional.empty();
        }
        return Optional.of(new ScoredTrade(
                participation, event.tradeId(), counts ? state : null, recordedAt, delivery.sequence()));
    }

    boolean isRetracted() {
        return trade == null;
    }

    /** A retracted trade stores placeholders. */
    String assetType() {
        return isRetracted() ? "crypto" : EnumText.of(trade.assetType());
    }

    String netPnl() {
        return (isRetracted() ? BigDecimal.ZERO : trade.netPnl()).toString();
    }

    String openedAt() {
        return (isRetracted() ? recordedAt : trade.openedAt()).toString();
    }

    String closedAt() {
        return (isRetracted() ? recordedAt : trade.closedAt()).toString();
    }

    String reportedAt() {
        return (isRetracted() ? recordedAt : trade.reportedAt()).toString();
    }

    /** Null for an event that affects no score. */
    private static Instant recordedAt(TradeEvent event) {
        if (event instanceof TradeClosed closed) {
            return closed.trade().reportedAt();
        }
        if (event instanceof TradeCorrected corrected) {
            return corrected.correctedAt();
        }
        return event instanceof TradeDeleted deleted ? deleted.deletedAt() : null;
    }

    private static TradeState state(TradeEvent event) {
        if (event instanceof TradeClosed closed) {
            return closed.trade();
        }
        return event instanceof TradeCorrected corrected ? corrected.trade() : null;
    }
}
