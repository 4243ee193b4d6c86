package io.tradosphere.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The chart, rendered by Helm itself. */
final class Chart {

    static final Path FOLDER = Path.of("tradosphere").toAbsolutePath();
    static final Path VALUES = Path.of("src/test/resources/values");
    static final ObjectMapper YAML = new YAMLMapper();

    private static final Map<Path, List<JsonNode>> SETS = new ConcurrentHashMap<>();

    private Chart() {}

    /** The sets of values with which it is rendered. */
    static List<Path> valuesSets() {
        try (Stream<Path> files = Files.list(VALUES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What it renders with the least that is required, and a set of values. */
    static List<JsonNode> renderedSet(Path values) {
        return SETS.computeIfAbsent(values, Chart::render);
    }

    /** What Helm says after an installation with the least that is required, and a set of values. */
    static String notes(Path values) {
        String said = new Helm(FOLDER)
                .install()
                .withName("demo")
                .withNamespace("trading")
                .withKubeVersion("1.34.0")
                .clientOnly()
                .withDryRunOption(DryRun.CLIENT)
                .withValuesFile(VALUES.resolve("least.yaml").toAbsolutePath())
                .withValuesFile(values.toAbsolutePath())
                .call()
                .getOutput();
        return said.substring(said.indexOf("NOTES:"));
    }

    /**
     * Renders it with the least that is required, and a set of values.
     *
     * @param values the file of the set
     * @param settings further ones, {@code name=value}
     * @throws IllegalStateException when Helm refuses; its message says why
     */
    static List<JsonNode> render(Path values, String... settings) {
        return render(List.of(VALUES.resolve("least.yaml"), values), settings);
    }

    /** Renders it with these values and no others. */
    static List<JsonNode> renderAlone(Path values) {
        return render(List.of(values));
    }

    private static List<JsonNode> render(List<Path> files, String... settings) {
        FakeCluster.get();
        var command = new Helm(FOLDER)
                .template()
                .withName("demo")
                .withNamespace("trading")
                .withKubeVersion("1.34.0");
        files.forEach(file -> command.withValuesFile(file.toAbsolutePath()));
        for (String setting : settings) {
            command.set(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(command.call())) {
            return documents.readAll().stream()
                    .filter(document -> document.isObject() && !document.isEmpty())
                    .toList();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** As {@link #render(Path, String...)}, with the least alone. */
    static List<JsonNode> render(String... settings) {
        return render(VALUES.resolve("least.yaml"), settings);
    }
}
