package io.tradosphere.billing.payoutaccount;

import java.time.Instant;

/**
 * A link to Stripe's onboarding pages, for one use by the caller alone.
 *
 * @param url Stripe's page
 * @param expiresAt when the link ends, a few minutes from now
 */
record OnboardingLink(String url, Instant expiresAt) {}
