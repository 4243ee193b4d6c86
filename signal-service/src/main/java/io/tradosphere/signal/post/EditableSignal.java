package io.tradosphere.signal.post;

import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.http.WebAddress;
import io.tradosphere.signal.view.SignalView;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What its creator can edit of an active signal; what was called is not in it. */
record EditableSignal(
        @NotNull(message = "is required") @Pattern(regexp = NewSignal.RATIONALE, message = NewSignal.RATIONALE_MESSAGE)
        String rationale,

        @Pattern(regexp = NewSignal.TIMEFRAME, message = NewSignal.TIMEFRAME_MESSAGE)
        String timeframe,

        @WebAddress String chartImageUrl,
        @Decimal @Amount BigDecimal positionSize) {

    static EditableSignal of(SignalView signal) {
        return new EditableSignal(
                signal.rationale(),
                signal.timeframe(),
                signal.chartImageUrl(),
                signal.positionSize() == null ? null : new BigDecimal(signal.positionSize()));
    }

    /** The names of the fields that differ from an earlier state of it. */
    List<String> changedSince(EditableSignal before) {
        List<String> changed = new ArrayList<>();
        note(changed, "rationale", before.rationale, rationale);
        note(changed, "timeframe", before.timeframe, timeframe);
        note(changed, "chartImageUrl", before.chartImageUrl, chartImageUrl);
        note(changed, "positionSize", before.positionSize, positionSize);
        return changed;
    }

    private static void note(List<String> changed, String field, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(field);
        }
    }
}
