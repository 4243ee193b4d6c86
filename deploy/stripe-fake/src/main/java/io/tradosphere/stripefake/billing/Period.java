package io.tradosphere.stripefake.billing;

import io.tradosphere.stripefake.state.Resource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * A billing interval, such as three months.
 *
 * @param unit day, week, month or year
 * @param count how many of it
 */
record Period(String unit, int count) {

    /** The interval of a price, or of a subscription item's price. */
    static Period of(Resource priceOrItem) {
        String prefix = priceOrItem.type().equals("price") ? "recurring" : "price.recurring";
        return new Period(priceOrItem.text(prefix + ".interval"), (int) priceOrItem.number(prefix + ".interval_count"));
    }

    /** The end of an interval that starts then. */
    long after(long start) {
        return times(start, 1);
    }

    /**
     * The first end of an interval after a time, counted from the anchor: what is anchored to the 31st ends on the last
     * day of shorter months, and on the 31st again after that.
     */
    long after(long anchor, long time) {
        int n = 1;
        while (times(anchor, n) <= time) {
            n++;
        }
        return times(anchor, n);
    }

    private long times(long anchor, int n) {
        ZonedDateTime start = Instant.ofEpochSecond(anchor).atZone(ZoneOffset.UTC);
        long all = (long) n * count;
        return (switch (unit) {
                    case "day" -> start.plusDays(all);
                    case "week" -> start.plusWeeks(all);
                    case "month" -> start.plusMonths(all);
                    default -> start.plusYears(all);
                })
                .toEpochSecond();
    }
}
