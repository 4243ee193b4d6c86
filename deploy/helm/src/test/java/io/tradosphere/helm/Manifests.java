package io.tradosphere.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Finds what was rendered, and parts of it. */
final class Manifests {

    private Manifests() {}

    /** The object of this kind and name. */
    static JsonNode find(List<JsonNode> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> name(object).equals(kind + " " + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " " + name + " is missing"));
    }

    /** All of this kind. */
    static List<JsonNode> all(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** Kind and name. */
    static String name(JsonNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    /** The specifications of all pods. */
    static List<JsonNode> pods(List<JsonNode> objects) {
        return objects.stream()
                .map(Manifests::pod)
                .filter(pod -> !pod.isMissingNode())
                .toList();
    }

    /** The specification of an object's pods; missing when it has none. */
    static JsonNode pod(JsonNode object) {
        return template(object).path("spec");
    }

    /** The template of an object's pods; missing when it has none. */
    static JsonNode template(JsonNode object) {
        JsonNode scheduled = object.at("/spec/jobTemplate/spec/template");
        return scheduled.isMissingNode() ? object.at("/spec/template") : scheduled;
    }

    /** The variables of a pod, by name. */
    static Map<String, JsonNode> environment(JsonNode pod) {
        Map<String, JsonNode> variables = new TreeMap<>();
        pod.at("/containers/0/env")
                .forEach(variable -> variables.put(variable.path("name").asText(), variable));
        return variables;
    }

    /** The value of a variable of a pod; empty when it comes from a secret. */
    static String value(JsonNode pod, String variable) {
        return environment(pod).get(variable).path("value").asText();
    }

    /** The secret and key from which a variable of a pod comes. */
    static String secret(JsonNode pod, String variable) {
        JsonNode reference = environment(pod).get(variable).at("/valueFrom/secretKeyRef");
        return reference.path("name").asText() + " " + reference.path("key").asText();
    }

    /** The names of the variables that come from secrets. */
    static Set<String> secrets(JsonNode pod) {
        return environment(pod).entrySet().stream()
                .filter(variable ->
                        variable.getValue().at("/valueFrom/secretKeyRef").isObject())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The texts of an array. */
    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).forEach(texts::add);
        return texts;
    }
}
