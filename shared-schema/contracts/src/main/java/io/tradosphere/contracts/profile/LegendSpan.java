package io.tradosphere.contracts.profile;

import java.time.Instant;

/**
 * A time in which somebody was a legend.
 *
 * @param since when the tier was reached
 * @param until when it was lost
 */
public record LegendSpan(Instant since, Instant until) {}
