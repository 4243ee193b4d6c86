package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import io.tradosphere.stack.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The Helm chart as Helm renders it, for the release {@code demo}. */
final class RenderedChart {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> objects = new ArrayList<>();

    /**
     * Renders it.
     *
     * @param values as in values.yaml
     */
    RenderedChart(Map<String, ?> values) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            // JSON is YAML, too.
            JSON.writeValue(file.toFile(), values);
            String rendered = new Helm(Checkout.find().resolve("deploy/helm/tradosphere"))
                    .template()
                    .withName("demo")
                    .withNamespace("trading")
                    .withKubeVersion("1.34.0")
                    .withValuesFile(file)
                    .call();
            Files.delete(file);
            for (Object document : new Yaml().loadAll(rendered)) {
                if (document != null) {
                    objects.add(JSON.valueToTree(document));
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** All objects of a kind. */
    List<JsonNode> all(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** The object of this kind and name. */
    JsonNode find(String kind, String name) {
        return all(kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " " + name + " is missing"));
    }

    /** The container of an object's pods. */
    JsonNode container(String kind, String name) {
        String template = kind.equals("CronJob") ? "/spec/jobTemplate/spec/template" : "/spec/template";
        return find(kind, name).at(template + "/spec/containers/0");
    }

    /**
     * Exactly the variables of a container.
     *
     * @param secrets the value of a key of a secret
     */
    Map<String, String> environment(String kind, String name, BinaryOperator<String> secrets) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : container(kind, name).path("env")) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            environment.put(
                    variable.path("name").asText(),
                    secret.isObject()
                            ? secrets.apply(
                                    secret.path("name").asText(),
                                    secret.path("key").asText())
                            : variable.path("value").asText());
        }
        return environment;
    }

    /** The texts of an array. */
    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
