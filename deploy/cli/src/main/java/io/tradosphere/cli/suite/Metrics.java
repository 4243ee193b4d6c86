package io.tradosphere.cli.suite;

import java.util.OptionalDouble;

/** Reads figures from a page in Prometheus' text format. */
final class Metrics {

    private Metrics() {}

    /** The highest value of a metric, whatever its labels; empty when the page has none. */
    static OptionalDouble highest(String page, String metric) {
        return page.lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(value -> value.matches("[-+0-9.eE]+"))
                .mapToDouble(Double::parseDouble)
                .max();
    }
}
