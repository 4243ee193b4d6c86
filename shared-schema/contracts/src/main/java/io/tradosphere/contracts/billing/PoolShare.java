package io.tradosphere.contracts.billing;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * What one legend gets of a month's pool.
 *
 * @param profileId the legend
 * @param incarnation the incarnation of that person's id
 * @param amount what this legend gets
 */
public record PoolShare(UUID profileId, long incarnation, BigDecimal amount) {}
