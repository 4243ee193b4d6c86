package io.tradosphere.signal.outcome;

import io.tradosphere.platform.decimal.Amount;
import io.tradosphere.platform.decimal.Decimal;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;

/**
 * The request that decides a signal.
 *
 * @param outcomePrice the price that decided it; a hit's has reached the target, a miss's the stop
 */
record Resolution(
        @NotNull(message = "is required")
        @Pattern(regexp = "hit|miss|cancelled", message = "is one of hit, miss, cancelled")
        String status,

        @Decimal @Amount BigDecimal outcomePrice) {

    boolean cancels() {
        return "cancelled".equals(status);
    }
}
