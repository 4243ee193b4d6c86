package io.tradosphere.signal.parse;

import java.math.BigDecimal;

/**
 * A price in the text.
 *
 * @param uncertainty why it is uncertain; null when it is certain
 */
record Price(BigDecimal value, String uncertainty) {

    Price uncertain(String why) {
        return new Price(value, why);
    }
}
