package io.tradosphere.billing.plan;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A creator's plan as the API shows it.
 *
 * @param creatorId the profile id of the creator
 * @param priceMonthly price a month for new subscribers, with the currency's decimals
 * @param currency ISO 4217 code
 * @param payoutsEnabled whether the creator can be paid; nobody can subscribe before
 * @param createdAt when the first price was set
 * @param updatedAt when it last changed
 */
@Schema(name = "Plan")
record PlanView(
        UUID creatorId,
        String priceMonthly,
        String currency,
        boolean payoutsEnabled,
        Instant createdAt,
        Instant updatedAt) {}
