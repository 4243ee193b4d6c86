package io.tradosphere.cli.suite;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A parser of metrics in Prometheus' text format. */
final class Metrics {

    private Metrics() {}

    /** The highest value of a metric over all labels; empty when the metric is absent. */
    static OptionalDouble highest(String page, String metric) {
        return lines(page, metric).mapToDouble(Metrics::value).max();
    }

    /** The highest value of a metric for each value of a label. */
    static Map<String, Double> highestBy(String page, String metric, String label) {
        Pattern labelled = Pattern.compile("[{,]" + Pattern.quote(label) + "=\"([^\"]*)\"");
        Map<String, Double> highest = new TreeMap<>();
        lines(page, metric).forEach(line -> {
            Matcher found = labelled.matcher(line);
            if (found.find()) {
                highest.merge(found.group(1), value(line), Math::max);
            }
        });
        return highest;
    }

    private static Stream<String> lines(String page, String metric) {
        return page.lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .filter(line -> line.substring(line.lastIndexOf(' ') + 1).matches("[-+0-9.eE]+"));
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
