package io.tradosphere.billing.pool;

import io.tradosphere.platform.decimal.Decimal;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request body that pays into a pool.
 *
 * @param amount how much, in USD, with at most two decimals
 */
record NewAccrual(
        @NotNull(message = "is required")
        @Decimal
        @DecimalMin(value = "0", inclusive = false, message = NewAccrual.MESSAGE)
        @DecimalMax(value = "100000000", message = NewAccrual.MESSAGE)
        @Digits(integer = 9, fraction = 2, message = NewAccrual.MESSAGE)
        @Schema(implementation = String.class)
        BigDecimal amount) {

    static final String MESSAGE = "is more than 0 and at most 100000000, with at most 2 decimals";
}
