package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.Event;
import java.math.BigDecimal;
import java.util.UUID;

/** What the platform pays to people: prizes, and shares of the legends' pool. */
public sealed interface PayoutEvent extends Event permits PayoutPaid, PayoutFailed {
    /** The payout. */
    UUID payoutId();

    /** Who is paid. */
    UUID profileId();

    /** The incarnation of that person's id. */
    long incarnation();

    /** What it is for. */
    PayoutKind kind();

    /** How much. */
    BigDecimal amount();

    /** Currency of the amount, ISO 4217. */
    String currency();

    @Override
    default String subject() {
        return payoutId().toString();
    }

    @Override
    default String key() {
        return profileId().toString();
    }
}
