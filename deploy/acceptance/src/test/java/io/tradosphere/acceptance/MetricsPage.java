package io.tradosphere.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of processes, in Prometheus' text format.
 *
 * @param types the type of each family, by its name
 * @param samples the names of all samples, such as {@code x_seconds_bucket}
 * @param labels the labels of each family, without those of buckets
 */
record MetricsPage(Map<String, String> types, Set<String> samples, Map<String, Set<String>> labels) {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");

    /** Reads the pages of the suite's services and gateway. */
    static MetricsPage ofTheSuite() {
        List<String> lines = new ArrayList<>();
        SharedSuite.endpoints().values().forEach((name, value) -> {
            if (name.endsWith("_SERVICE_URL") || name.equals("GATEWAY_MANAGEMENT_URL")) {
                lines.addAll(get(value + "/q/metrics").lines().toList());
            }
        });
        return parsed(lines);
    }

    static MetricsPage parsed(List<String> lines) {
        MetricsPage page = new MetricsPage(new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
        String family = "";
        for (String line : lines) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                boolean isCounter = type.group(2).equals("counter");
                // The name of a counter's family lacks what its sample ends with.
                family = type.group(1) + (isCounter && !type.group(1).endsWith("_total") ? "_total" : "");
                page.types.put(family, type.group(2));
            } else if (!line.startsWith("#") && sample.matches()) {
                page.samples.add(sample.group(1));
                Set<String> labels = page.labels.computeIfAbsent(family, none -> new TreeSet<>());
                LABEL.matcher(sample.group(2) == null ? "" : sample.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !label.equals("le"))
                        .forEach(labels::add);
            }
        }
        // Micrometer's highest value of late is a family beside the histogram or summary.
        page.types
                .keySet()
                .removeIf(
                        name -> name.endsWith("_max") && page.types.containsKey(name.substring(0, name.length() - 4)));
        return page;
    }

    private static String get(String url) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
