package io.tradosphere.signal.parse;

import java.math.BigDecimal;

/**
 * A price that the text has.
 *
 * @param doubt what makes it unsure; null when nothing does
 */
record Price(BigDecimal value, String doubt) {

    Price doubted(String why) {
        return new Price(value, why);
    }
}
