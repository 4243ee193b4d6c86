package io.tradosphere.billing.payoutaccount;

import io.tradosphere.platform.http.WebAddress;
import jakarta.validation.constraints.NotNull;

/**
 * The request body that begins or continues the caller's onboarding at Stripe.
 *
 * @param returnUrl where Stripe sends the caller when they leave its pages
 * @param refreshUrl where Stripe sends the caller when the link has expired; that page asks for a new one
 */
record OnboardingRequest(
        @NotNull(message = "is required") @WebAddress String returnUrl,
        @NotNull(message = "is required") @WebAddress String refreshUrl) {}
