package io.tradosphere.signal.trade.imports;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * What a clock showed, as instants: one, or two in the hour that a zone's clock has twice.
 *
 * @param column the column, for reasons
 * @param text the cell's text
 * @param readings in order
 */
record Moment(String column, String text, List<Instant> readings) {

    /** A period of two moments. */
    record Period(Instant opened, Instant closed) {}

    /**
     * What a clock showed.
     *
     * @throws UnreadableLineException when it never showed that
     */
    static Moment of(String column, String text, LocalDateTime local, ZoneId zone) {
        List<Instant> readings = zone.getRules().getValidOffsets(local).stream()
                .map(offset -> local.toInstant(offset))
                .sorted()
                .toList();
        if (readings.isEmpty()) {
            throw new UnreadableLineException(
                    column + " " + text + " was never shown by the clock of " + zone + ", which was put forward then");
        }
        return new Moment(column, text, readings);
    }

    /**
     * The only instant.
     *
     * @throws UnreadableLineException when there are two
     */
    Instant only() {
        if (readings.size() > 1) {
            throw twice();
        }
        return readings.get(0);
    }

    /**
     * The only period from here to there, the end not before the beginning.
     *
     * @param line is told when the order of both decided between two readings
     * @throws UnreadableLineException when several are possible
     */
    Period until(Moment end, Line line) {
        List<Period> possible = readings.stream()
                .flatMap(opened -> end.readings.stream().map(closed -> new Period(opened, closed)))
                .filter(period -> !period.closed().isBefore(period.opened()))
                .toList();
        if (possible.isEmpty()) {
            return new Period(readings.get(0), end.readings.get(0));
        }
        if (possible.size() > 1) {
            throw readings.size() > 1 ? twice() : end.twice();
        }
        for (Moment moment : List.of(this, end)) {
            if (moment.readings.size() > 1) {
                Instant taken = moment == this
                        ? possible.get(0).opened()
                        : possible.get(0).closed();
                line.say(moment.column + " " + moment.text + " is in an hour that the clock had twice; taken as "
                        + taken + ", since it cannot be the other one");
            }
        }
        return possible.get(0);
    }

    private UnreadableLineException twice() {
        return new UnreadableLineException(column + " " + text + " is in an hour that the clock had twice: "
                + readings.get(0) + " or " + readings.get(1) + "; send it with its offset from UTC");
    }
}
