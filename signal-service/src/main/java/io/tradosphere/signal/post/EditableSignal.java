package io.tradosphere.signal.post;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimal;
import io.tradosphere.platform.http.WebAddress;
import io.tradosphere.platform.text.FreeText;
import io.tradosphere.signal.view.SignalView;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The fields of an active signal that its creator can edit.
 *
 * @param rationale why, of 1 to 10000 characters
 * @param timeframe over what time it is meant, such as {@code 4H}; null for none
 * @param chartImageUrl http or https address of a chart; null for none
 * @param positionSize suggested size of the position, in units of the asset; null for none
 */
record EditableSignal(
        @NotNull(message = "is required")
        @FreeText(lines = true)
        @Pattern(regexp = NewSignal.RATIONALE, message = NewSignal.RATIONALE_MESSAGE)
        String rationale,

        @Nullable @FreeText @Pattern(regexp = NewSignal.TIMEFRAME, message = NewSignal.TIMEFRAME_MESSAGE)
        String timeframe,

        @Nullable @WebAddress String chartImageUrl,
        @Nullable @Decimal @Amount BigDecimal positionSize) {

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
