package io.tradosphere.billing.pool;

import io.tradosphere.contracts.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The legends pool of a month.
 *
 * @param month the month (UTC), such as {@code 2026-01}
 * @param totalPool what was paid in, with two decimals
 * @param currency ISO 4217 code
 * @param distributedAt when it was distributed; null before
 * @param shares who gets how much, the highest share first; empty before the distribution
 */
@Schema(name = "LegendsPool")
record PoolView(
        String month,
        String totalPool,
        String currency,
        @Nullable Instant distributedAt,
        List<Share> shares) {

    /**
     * A share of a pool.
     *
     * @param profileId the legend; null once that person is erased
     * @param amount how much, with two decimals
     */
    @Schema(name = "LegendsPoolShare")
    record Share(@Nullable UUID profileId, String amount) {}
}
