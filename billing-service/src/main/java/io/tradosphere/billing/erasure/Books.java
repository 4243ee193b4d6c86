package io.tradosphere.billing.erasure;

import io.tradosphere.platform.people.ForgettingInParts;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import java.util.List;

/** A person's plan, checkouts and identity at Stripe, which go, and what the platform's own books say of them, which stays unnamed. */
final class Books {

    private static final int AT_ONCE = 1_000;

    private static final String CHECKOUTS = """
            DELETE FROM checkouts WHERE id IN (
              (SELECT id FROM checkouts WHERE subscriber_id = $1 AND created_at < %1$s LIMIT $3)
              UNION
              (SELECT id FROM checkouts WHERE creator_id = $1 AND created_at < %1$s LIMIT $3))
            """.formatted(ForgettingInParts.END_OF_LIFE);
    private static final String PLAN =
            "DELETE FROM plans WHERE creator_id = $1 AND created_at < " + ForgettingInParts.END_OF_LIFE;
    private static final String STRIPE_IDENTITY =
            "DELETE FROM stripe_identities WHERE profile_id = $1 AND created_at < " + ForgettingInParts.END_OF_LIFE;
    private static final String TIERS = """
            UPDATE tier_subscriptions SET profile_id = NULL, status = 'cancelled', cancel_at_period_end = false,
              cancelled_at = coalesce(cancelled_at, now()), ended_at = coalesce(ended_at, now()), stripe_customer_id = NULL
            WHERE id IN (
              SELECT id FROM tier_subscriptions WHERE profile_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE)
            """;
    private static final String POOL_SHARES = """
            UPDATE legends_pool_shares SET profile_id = NULL WHERE id IN (
              SELECT id FROM legends_pool_shares WHERE profile_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE)
            """;
    private static final String PRIZES = """
            UPDATE prizes_owed SET profile_id = NULL WHERE id IN (
              SELECT id FROM prizes_owed WHERE profile_id = $1 AND incarnation <= $2 ORDER BY id LIMIT $3 FOR UPDATE)
            """;
    private static final String LEGEND_SPANS = "DELETE FROM legend_spans WHERE profile_id = $1 AND incarnation <= $2";

    static final List<Part> PARTS = List.of(
            Part.of(CHECKOUTS, AT_ONCE),
            Part.atOnce(PLAN),
            Part.atOnce(STRIPE_IDENTITY),
            Part.of(TIERS, AT_ONCE),
            Part.of(POOL_SHARES, AT_ONCE),
            Part.of(PRIZES, AT_ONCE),
            Part.atOnce(LEGEND_SPANS));

    private Books() {}
}
