package io.tradosphere.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tradosphere.stack.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The metrics of a running suite are those of the documentation, and those that dashboards and alerts name. */
class MetricsTest {

    private static final Checkout CHECKOUT = Checkout.find();
    private static final Path FILES = CHECKOUT.resolve("deploy/helm/tradosphere/files");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\|([^|]*)\\|.*");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final Pattern METRIC = Pattern.compile("\\b(?:tradosphere|http|sql|jvm|process|system)_[a-z_]+\\b");
    private static final Duration SOON = Duration.ofSeconds(60);

    private static MetricsPage metrics;

    /** Some metrics exist from the first of what they count. Dead letters are counted every 15 seconds. */
    @BeforeAll
    static void read() {
        Client creator = Client.withProfile();
        creator.request("POST", "/v1/tiers/checkout", """
                {"tier":"grow","successUrl":"http://localhost:3000/paid","cancelUrl":"http://localhost:3000/"}
                """);
        creator.follow(Client.withProfile());
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            metrics = MetricsPage.ofTheSuite();
            assertThat(metrics.samples())
                    .contains("tradosphere_dead_letters", "tradosphere_stripe_calls_seconds_count");
        });
    }

    @Test
    void every_metric_of_ours_is_documented_with_its_type_and_labels_and_none_else() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        documentation().stream()
                .map(ROW::matcher)
                .filter(row -> row.matches() && row.group(1).startsWith("tradosphere_"))
                .forEach(row -> documented.put(row.group(1), row.group(2) + " " + words(row.group(3))));
        Map<String, String> found = new TreeMap<>();
        metrics.types().forEach((name, type) -> {
            if (name.startsWith("tradosphere_")) {
                found.put(name, type + " " + metrics.labels().getOrDefault(name, Set.of()));
            }
        });

        assertThat(documented).isEqualTo(found);
    }

    @Test
    void every_other_metric_of_the_documentation_exists_with_its_labels() throws IOException {
        List<java.util.regex.Matcher> rows = documentation().stream()
                .map(ROW::matcher)
                .filter(row -> row.matches() && !row.group(1).startsWith("tradosphere_"))
                .toList();

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(metrics.types()).containsEntry(row.group(1), row.group(2));
            assertThat(metrics.labels().get(row.group(1))).containsAll(words(row.group(3)));
        });
    }

    @Test
    void every_metric_of_the_dashboards_and_alerts_exists() throws IOException {
        List<Path> files = new ArrayList<>(List.of(FILES.resolve("alerts.yaml")));
        try (Stream<Path> dashboards = Files.list(FILES.resolve("dashboards"))) {
            dashboards.forEach(files::add);
        }

        assertThat(files)
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(metricsOf(file)).isNotEmpty().isSubsetOf(metrics.samples()));
    }

    private static List<String> documentation() throws IOException {
        return Files.readAllLines(CHECKOUT.resolve("docs/metrics.md"));
    }

    private static Set<String> words(String cell) {
        return WORD.matcher(cell).results().map(word -> word.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> metricsOf(Path file) throws IOException {
        return METRIC.matcher(Files.readString(file))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
