package io.tradosphere.signal.outcome;

import io.tradosphere.contracts.signal.Outcome;
import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimal;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request that resolves a signal.
 *
 * @param status what became of the signal
 * @param outcomePrice the price at which it was resolved; a hit's has reached the target, a miss's the stop; optional
 */
@Schema(name = "SignalResolution")
record Resolution(
        @NotNull(message = "is required")
        @Pattern(regexp = "hit|miss|cancelled", message = "is one of hit, miss, cancelled")
        @Schema(implementation = Outcome.class)
        String status,

        @Decimal @Amount BigDecimal outcomePrice) {

    boolean cancels() {
        return "cancelled".equals(status);
    }
}
