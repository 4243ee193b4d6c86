package io.tradosphere.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The README of the chart: every value of values.yaml with its default and the comment above it. A map whose values have no comments
 * is one value.
 */
final class ValuesPage {

    private static final int WIDTH = 120;
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z0-9_]+):.*");
    private static final Pattern COMMENT = Pattern.compile(" *# (.*)");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = """
            # Values of the chart

            This page is made of the comments in [values.yaml](values.yaml).
            [Operations](../../../docs/operations.md#kubernetes) says how to install the chart.
            """;

    private final Map<String, String> comments = new LinkedHashMap<>();
    private final JsonNode defaults;

    /**
     * Reads the values.
     *
     * @param lines of values.yaml
     * @throws IllegalArgumentException when a value has no comment
     */
    ValuesPage(List<String> lines) {
        try {
            defaults = Chart.YAML.readTree(String.join("\n", lines));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
        readComments(lines);
    }

    private void readComments(List<String> lines) {
        Deque<String> path = new ArrayDeque<>();
        List<String> comment = new ArrayList<>();
        for (String line : lines) {
            Matcher text = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (text.matches()) {
                comment.add(text.group(1));
                continue;
            }
            if (key.matches()) {
                while (path.size() > key.group(1).length() / 2) {
                    path.removeLast();
                }
                path.addLast(key.group(2));
                comments.put(String.join(".", path), String.join(" ", comment));
            }
            comment.clear();
        }
    }

    /** The page. */
    String text() {
        StringBuilder page = new StringBuilder(HEAD);
        defaults.properties().forEach(section -> {
            String name = section.getKey();
            page.append("\n## ").append(name).append('\n');
            if (isOneValue(name, section.getValue())) {
                page.append(wrapped("", ended(comments.get(name)) + " Default: " + shown(section.getValue()) + "."));
            } else {
                page.append(wrapped("", comments.get(name))).append('\n');
                list(page, name, section.getValue());
            }
        });
        return page.toString();
    }

    private void list(StringBuilder page, String path, JsonNode map) {
        map.properties().forEach(one -> {
            String name = path + "." + one.getKey();
            String comment = comments.get(name);
            if (isOneValue(name, one.getValue())) {
                if (comment.isEmpty()) {
                    throw new IllegalArgumentException(name + " has no comment in values.yaml.");
                }
                page.append(wrapped("- ", "`" + name + "` (" + shown(one.getValue()) + "): " + comment));
            } else {
                list(page, name, one.getValue());
            }
        });
    }

    /** Whether it is no map, or a map whose values are not explained one by one. */
    private boolean isOneValue(String path, JsonNode value) {
        return !value.isObject()
                || comments.entrySet().stream()
                        .noneMatch(other -> other.getKey().startsWith(path + ".")
                                && !other.getValue().isEmpty());
    }

    private static String ended(String sentence) {
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    private static String shown(JsonNode value) {
        try {
            return "`" + JSON.writeValueAsString(value) + "`";
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Lines of at most 120 characters; no default is broken at its spaces, since JSON has none outside of texts. */
    private static String wrapped(String bullet, String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(bullet);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() >= WIDTH) {
                lines.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(" ".repeat(bullet.length()));
            }
            line.append(word).append(' ');
        }
        return lines.append(line.toString().stripTrailing()).append('\n').toString();
    }
}
