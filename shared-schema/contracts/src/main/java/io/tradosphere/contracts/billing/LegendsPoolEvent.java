package io.tradosphere.contracts.billing;

import io.tradosphere.contracts.Event;
import java.time.YearMonth;

/** What becomes of the money set aside for legends. */
public sealed interface LegendsPoolEvent extends Event permits LegendsPoolDistributed {
    /** The month of the pool. */
    YearMonth month();

    @Override
    default String subject() {
        return month().toString();
    }

    @Override
    default String key() {
        return month().toString();
    }
}
