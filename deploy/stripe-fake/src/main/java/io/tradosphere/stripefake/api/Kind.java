package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a parameter may be. It turns the form's texts into typed values, or refuses them as Stripe does. */
public interface Kind {

    /**
     * The typed value.
     *
     * @param name the parameter's full name, such as {@code items[0][price]}
     * @throws StripeError when it is of another kind
     */
    JsonNode typed(String name, JsonNode given);

    /** Any text. */
    Kind STRING = text(5_000);

    /** A whole number. */
    Kind INTEGER = (name, given) -> {
        if (given.isTextual() && given.asText().matches("-?[0-9]{1,18}")) {
            return Json.node(Long.parseLong(given.asText()));
        }
        throw StripeError.parameter(
                "parameter_invalid_integer", "Invalid integer: " + (given.isTextual() ? given.asText() : given), name);
    };

    /** {@code true} or {@code false}. */
    Kind BOOLEAN = (name, given) -> {
        if (given.isTextual() && given.asText().matches("true|false")) {
            return Json.node(Boolean.parseBoolean(given.asText()));
        }
        throw StripeError.parameter(null, "Invalid boolean: " + (given.isTextual() ? given.asText() : given), name);
    };

    /** A decimal number. */
    Kind DECIMAL = (name, given) -> {
        if (given.isTextual() && given.asText().matches("-?[0-9]{1,15}(\\.[0-9]{1,12})?")) {
            return Json.node(new BigDecimal(given.asText()));
        }
        throw StripeError.parameter(null, "Invalid decimal: " + (given.isTextual() ? given.asText() : given), name);
    };

    /** Up to 50 texts by name. An empty text stands for a name to be removed, or for all of them. */
    Kind METADATA = (name, given) -> {
        if (given.isTextual() && given.asText().isEmpty()) {
            return given;
        }
        if (!given.isObject() && !given.isArray()) {
            throw StripeError.parameter(null, "Invalid object", name);
        }
        ObjectNode metadata = Json.object();
        if (given.isArray()) {
            for (int i = 0; i < given.size(); i++) {
                metadata.set(String.valueOf(i), given.get(i));
            }
        } else {
            metadata.setAll((ObjectNode) given);
        }
        if (metadata.size() > 50) {
            throw StripeError.parameter(null, "Metadata can have up to 50 keys.", name);
        }
        metadata.properties().forEach(member -> {
            String key = name + "[" + member.getKey() + "]";
            if (!member.getValue().isTextual()) {
                throw StripeError.parameter(
                        null,
                        "Metadata values must be strings, but for key '" + member.getKey()
                                + "' you passed in a value of another type.",
                        key);
            }
            if (member.getKey().length() > 40 || member.getValue().asText().length() > 500) {
                throw StripeError.parameter(
                        null, "Metadata keys can have up to 40 characters and values up to 500.", key);
            }
        });
        return metadata;
    };

    /** A time, or its bounds as {@code gt}, {@code gte}, {@code lt}, {@code lte}. */
    Kind RANGE = (name, given) -> given.isObject()
            ? new Shape().may(INTEGER, "gt", "gte", "lt", "lte").typed(name, given)
            : INTEGER.typed(name, given);

    /** A text of at most this many characters. */
    static Kind text(int longest) {
        return (name, given) -> {
            if (!given.isTextual()) {
                throw StripeError.parameter(null, "Invalid string: " + given, name);
            }
            if (given.asText().length() > longest) {
                throw StripeError.parameter(
                        null,
                        "Invalid string: " + given.asText().substring(0, 20) + "…; must be at most " + longest
                                + " characters",
                        name);
            }
            return given;
        };
    }

    /** One of these words. */
    static Kind oneOf(String... words) {
        List<String> allowed = Arrays.asList(words);
        return (name, given) -> {
            if (given.isTextual() && allowed.contains(given.asText())) {
                return given;
            }
            String last = name.contains("[") ? name.replaceAll(".*\\[([^\\]]+)]$", "$1") : name;
            throw StripeError.parameter(
                    null,
                    "Invalid " + last + ": must be one of "
                            + (allowed.size() == 1
                                    ? allowed.get(0)
                                    : allowed.stream()
                                                    .limit(allowed.size() - 1L)
                                                    .collect(Collectors.joining(", ")) + ", or "
                                            + allowed.get(allowed.size() - 1)),
                    name);
        };
    }

    /** An array of these. */
    static Kind listOf(Kind kind) {
        return (name, given) -> {
            if (given.isTextual() && given.asText().isEmpty()) {
                return Json.array(List.of());
            }
            if (!given.isArray()) {
                throw StripeError.parameter(null, "Invalid array", name);
            }
            ArrayNode typed = Json.array(List.of());
            for (int i = 0; i < given.size(); i++) {
                typed.add(kind.typed(name + "[" + i + "]", given.get(i)));
            }
            return typed;
        };
    }
}
