package io.tradosphere.billing.plan;

import io.tradosphere.platform.decimal.Decimal;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request body that sets the caller's plan.
 *
 * @param priceMonthly price a month, with at most the currency's decimals
 * @param currency ISO 4217 code of a currency that Stripe charges in
 */
record PlanRequest(
        @NotNull(message = "is required") @Decimal @Schema(implementation = String.class)
        BigDecimal priceMonthly,

        @NotNull(message = "is required")
        @Pattern(regexp = "[A-Z]{3}", message = "is a currency code of three capital letters")
        String currency) {}
