package io.tradosphere.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboards: Prometheus' own tool reads and tests the alerts, and the chart installs what the files say. */
class MonitoringTest {

    private static final Path ALERTS = Chart.FOLDER.resolve("files/alerts.yaml");
    private static final Path DASHBOARDS = Chart.FOLDER.resolve("files/dashboards");
    private static final Path ALERT_TESTS = Path.of("src/test/resources/alerts/test.yaml");
    private static final Path RUNBOOK = Path.of("../../docs/runbook.md");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    @Test
    void prometheus_reads_the_alerts_and_each_fires_on_what_it_is_for() throws Exception {
        if (!Files.isExecutable(PROMTOOL)) {
            System.out.println("Not checked: the alerts by promtool, which this machine does not have.");
            return;
        }
        assertSucceeds("check", "rules", ALERTS.toString());
        assertSucceeds("test", "rules", ALERT_TESTS.toString());
    }

    @Test
    void each_alert_has_a_test_in_which_it_fires() throws IOException {
        Set<String> fired = new HashSet<>();
        for (JsonNode test : yaml(ALERT_TESTS).path("tests")) {
            for (JsonNode expected : test.path("alert_rule_test")) {
                if (!expected.path("exp_alerts").isEmpty()) {
                    fired.add(expected.path("alertname").asText());
                }
            }
        }

        assertThat(fired).containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void each_alert_has_an_entry_in_the_runbook_and_none_other_has() throws IOException {
        String runbook = Files.readString(RUNBOOK);
        List<String> entries = runbook.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(entries).containsExactlyElementsOf(alerts());
        for (String entry : runbook.split("\n## ", -1)) {
            if (entry.startsWith("Tradosphere")) {
                assertThat(entry).contains("**Means**:", "**Look**:", "**Do**:");
            }
        }
    }

    @Test
    void each_alert_has_a_severity_and_a_summary() throws IOException {
        for (JsonNode group : yaml(ALERTS).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
                assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
            }
        }
    }

    @Test
    void the_chart_installs_the_alerts_as_they_are() throws IOException {
        List<JsonNode> objects =
                Chart.render("prometheusRule.enabled=true", "prometheusRule.labels.release=prometheus");

        JsonNode rule = Manifests.find(objects, "PrometheusRule", "demo-alerts");
        assertThat(rule.path("spec")).isEqualTo(yaml(ALERTS));
        assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    }

    @Test
    void the_chart_installs_each_dashboard_as_it_is() throws IOException {
        List<JsonNode> objects = Chart.render("dashboards.enabled=true");
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                JsonNode map = Manifests.find(objects, "ConfigMap", "demo-" + name.replace(".json", ""));
                assertThat(map.at("/metadata/labels/grafana_dashboard").asText())
                        .isEqualTo("1");
                assertThat(map.path("data").path(name).asText()).isEqualTo(Files.readString(file));
                assertThat(Chart.YAML.readTree(file.toFile()).path("uid").asText() + ".json")
                        .isEqualTo(name);
            }
        }
    }

    @Test
    void without_a_collector_no_pod_makes_spans_and_with_one_the_gateway_decides_which() {
        assertThat(environment(Chart.render(), "demo-gateway")).noneMatch(line -> line.startsWith("OTEL_"));

        List<JsonNode> objects = Chart.render("tracing.endpoint=http://collector:4318", "tracing.ratio=0.5");

        assertThat(environment(objects, "demo-gateway"))
                .contains(
                        "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
                        "OTEL_TRACES_SAMPLER=traceidratio",
                        "OTEL_TRACES_SAMPLER_ARG=0.5",
                        "TRADOSPHERE_LOG=json");
        assertThat(environment(objects, "demo-social-service"))
                .contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318", "TRADOSPHERE_LOG=json")
                .noneMatch(line -> line.startsWith("OTEL_TRACES_SAMPLER"));
    }

    private static List<String> environment(List<JsonNode> objects, String deployment) {
        List<String> lines = new ArrayList<>();
        Manifests.find(objects, "Deployment", deployment)
                .at("/spec/template/spec/containers/0/env")
                .forEach(variable -> lines.add(variable.path("name").asText() + "="
                        + variable.path("value").asText()));
        return lines;
    }

    private static List<String> alerts() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode group : yaml(ALERTS).path("groups")) {
            group.path("rules").forEach(rule -> names.add(rule.path("alert").asText()));
        }
        return names;
    }

    private static JsonNode yaml(Path file) throws IOException {
        return Chart.YAML.readTree(file.toFile());
    }

    private static void assertSucceeds(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(output).isZero();
    }
}
