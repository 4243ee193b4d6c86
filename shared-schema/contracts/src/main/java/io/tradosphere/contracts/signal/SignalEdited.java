package io.tradosphere.contracts.signal;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Nullable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The creator edited what may be edited while a signal is active. Texts and pictures themselves are read through
 * the API.
 *
 * @param signalId the signal
 * @param creatorId who posted the signal
 * @param creatorIncarnation the incarnation of the creator's id
 * @param changedFields names of the fields that changed, such as `rationale`, `timeframe`, `chartImageUrl` or
 *     `positionSize`
 * @param timeframe over what time it is meant, after the edit; null when there is none
 * @param positionSize suggested size of the position, after the edit; null when there is none
 * @param editedAt when it was edited
 */
public record SignalEdited(
        UUID signalId,
        UUID creatorId,
        long creatorIncarnation,
        List<String> changedFields,
        @Nullable String timeframe,
        @Nullable BigDecimal positionSize,
        Instant editedAt)
        implements SignalEvent {
    @Override
    public EventType type() {
        return EventType.SIGNAL_EDITED;
    }
}
