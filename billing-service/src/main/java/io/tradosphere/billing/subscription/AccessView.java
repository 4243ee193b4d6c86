package io.tradosphere.billing.subscription;

import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether the caller may see what a creator makes for subscribers.
 *
 * @param access whether they may now
 * @param accessUntil until when, as far as is known; null without a subscription
 */
@Schema(name = "SubscriptionAccess")
record AccessView(boolean access, @Nullable Instant accessUntil) {}
