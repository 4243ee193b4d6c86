package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A parser of form-encoded nested parameters, such as {@code items[0][price]=price_1&expand[]=customer}. */
final class Form {

    private static final int DEEPEST = 8;

    private Form() {}

    /**
     * The tree of texts. What is indexed by numbers, or by nothing, is an array.
     *
     * @throws StripeError when a name has unbalanced brackets, contradicts another or is nested too deep
     */
    static ObjectNode parse(String encoded) {
        ObjectNode tree = Json.object();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                put(tree, path(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)), name);
            }
        }
        return (ObjectNode) withArrays(tree);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StripeError.parameter(
                    null, "Invalid request: '" + text + "' is not percent-encoded correctly.", null);
        }
    }

    private static List<String> path(String name) {
        List<String> path = new ArrayList<>();
        int open = name.indexOf('[');
        path.add(open < 0 ? name : name.substring(0, open));
        while (open >= 0) {
            int close = name.indexOf(']', open);
            if (close < 0 || (close + 1 < name.length() && name.charAt(close + 1) != '[')) {
                throw StripeError.parameter(null, "Invalid request: unbalanced brackets in '" + name + "'.", name);
            }
            path.add(name.substring(open + 1, close));
            open = close + 1 < name.length() ? close + 1 : -1;
        }
        if (path.size() > DEEPEST) {
            throw StripeError.parameter(null, "Invalid request: '" + name + "' is nested too deep.", name);
        }
        return path;
    }

    private static void put(ObjectNode tree, List<String> path, String value, String name) {
        ObjectNode at = tree;
        for (int i = 0; i < path.size(); i++) {
            String key = path.get(i).isEmpty() && i > 0 ? String.valueOf(at.size()) : path.get(i);
            if (i == path.size() - 1) {
                at.put(key, value);
            } else {
                JsonNode next = at.has(key) ? at.get(key) : at.putObject(key);
                if (!next.isObject()) {
                    throw StripeError.parameter(null, "Invalid request: '" + name + "' has a value and members.", name);
                }
                at = (ObjectNode) next;
            }
        }
    }

    private static JsonNode withArrays(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        Map<String, JsonNode> members = new TreeMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), withArrays(member.getValue())));
        if (!members.isEmpty() && members.keySet().stream().allMatch(key -> key.matches("[0-9]{1,4}"))) {
            ArrayNode array = Json.array(List.of());
            members.entrySet().stream()
                    .sorted(java.util.Comparator.comparingInt(member -> Integer.parseInt(member.getKey())))
                    .forEach(member -> array.add(member.getValue()));
            return array;
        }
        ObjectNode object = Json.object();
        node.fieldNames().forEachRemaining(name -> object.set(name, members.get(name)));
        return object;
    }
}
