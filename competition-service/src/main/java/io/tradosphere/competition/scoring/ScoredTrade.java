package io.tradosphere.competition.scoring;

import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeCorrected;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.contracts.signal.TradeEvent;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.platform.inbox.Delivery;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A trade's last word in one competition. One that does not count has no figures: it stands there for its sequence, so that an
 * earlier word that comes late does not bring the trade back.
 *
 * @param trade the figures; null when it does not count
 * @param toldAt when TradoSphere learned of them
 */
record ScoredTrade(Participation part, UUID id, TradeState trade, Instant toldAt, long sequence) {

    /** What an event says of its trade in a competition; empty when it says nothing there. */
    static Optional<ScoredTrade> of(Delivery<TradeEvent> delivery, Participation part) {
        TradeEvent event = delivery.event();
        TradeState state = state(event);
        Instant toldAt = toldAt(event);
        if (toldAt == null || event.incarnation() != part.incarnation() || !part.spans(toldAt)) {
            return Optional.empty();
        }
        boolean counts = state != null && part.counts(state);
        if (!counts && event instanceof TradeClosed) {
            // Nothing told of it before can have counted.
            return Optional.empty();
        }
        return Optional.of(new ScoredTrade(part, event.tradeId(), counts ? state : null, toldAt, delivery.sequence()));
    }

    boolean isRetracted() {
        return trade == null;
    }

    /** Of one that does not count, as its other figures, one as good as any. */
    String assetType() {
        return isRetracted() ? "crypto" : trade.assetType().name().toLowerCase(Locale.ROOT);
    }

    String netPnl() {
        return (isRetracted() ? BigDecimal.ZERO : trade.netPnl()).toString();
    }

    String openedAt() {
        return (isRetracted() ? toldAt : trade.openedAt()).toString();
    }

    String closedAt() {
        return (isRetracted() ? toldAt : trade.closedAt()).toString();
    }

    String reportedAt() {
        return (isRetracted() ? toldAt : trade.reportedAt()).toString();
    }

    /** Of an event that moves no score, null. */
    private static Instant toldAt(TradeEvent event) {
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
