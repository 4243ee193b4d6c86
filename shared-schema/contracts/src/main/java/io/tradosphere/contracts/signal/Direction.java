package io.tradosphere.contracts.signal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;

/** Which way a signal or a trade is meant. */
public enum Direction {
    /** Gains when the price rises. */
    @JsonProperty("LONG")
    LONG,

    /** Gains when the price falls. */
    @JsonProperty("SHORT")
    SHORT;

    /** What a unit gains by a price move, in the unit of the prices; negative for a loss. */
    public BigDecimal gain(BigDecimal from, BigDecimal to) {
        return this == LONG ? to.subtract(from) : from.subtract(to);
    }
}
