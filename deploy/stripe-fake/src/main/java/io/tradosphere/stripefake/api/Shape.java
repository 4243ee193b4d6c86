package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The parameters of a call, or of an object within it. Others are unknown. */
public final class Shape implements Kind {

    private static final int MOST = 100;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();

    /** The parameters of every list. */
    public static Shape ofList() {
        return new Shape()
                .may(
                        (name, given) -> {
                            JsonNode limit = INTEGER.typed(name, given);
                            if (limit.asLong() < 1 || limit.asLong() > MOST) {
                                throw StripeError.parameter(
                                        "parameter_invalid_integer",
                                        limit.asLong() < 1
                                                ? "This value must be greater than or equal to 1."
                                                : "This value must be less than or equal to " + MOST
                                                        + " (it currently is '" + limit + "').",
                                        name);
                            }
                            return limit;
                        },
                        "limit")
                .may(STRING, "starting_after", "ending_before")
                .may(RANGE, "created");
    }

    /** Parameters that must be given. */
    public Shape need(Kind kind, String... names) {
        may(kind, names);
        required.addAll(Set.of(names));
        return this;
    }

    /** Parameters that may be given. An empty text becomes null, which unsets. */
    public Shape may(Kind kind, String... names) {
        for (String name : names) {
            kinds.put(name, kind);
        }
        return this;
    }

    /** The names that are known here. */
    Set<String> names() {
        return kinds.keySet();
    }

    @Override
    public JsonNode typed(String name, JsonNode given) {
        if (!given.isObject()) {
            throw StripeError.parameter(null, "Invalid object", name);
        }
        return typed(name, (ObjectNode) given);
    }

    private ObjectNode typed(String owner, ObjectNode given) {
        given.fieldNames().forEachRemaining(name -> {
            if (!kinds.containsKey(name)) {
                throw StripeError.parameter(
                        "parameter_unknown", "Received unknown parameter: " + within(owner, name), within(owner, name));
            }
        });
        required.stream().filter(name -> !given.has(name)).findFirst().ifPresent(name -> {
            throw StripeError.parameter(
                    "parameter_missing", "Missing required param: " + within(owner, name) + ".", within(owner, name));
        });
        ObjectNode typed = Json.object();
        given.properties().forEach(member -> {
            String name = within(owner, member.getKey());
            Kind kind = kinds.get(member.getKey());
            boolean empty =
                    member.getValue().isTextual() && member.getValue().asText().isEmpty();
            if (empty && required.contains(member.getKey())) {
                throw StripeError.parameter(
                        "parameter_invalid_empty",
                        "You passed an empty string for '" + name
                                + "'. We assume empty values are an attempt to unset a parameter; however '" + name
                                + "' cannot be unset. You should remove '" + name
                                + "' from your request or supply a non-empty value.",
                        name);
            }
            typed.set(
                    member.getKey(), empty && kind != METADATA ? Json.node(null) : kind.typed(name, member.getValue()));
        });
        return typed;
    }

    private static String within(String owner, String name) {
        return owner.isEmpty() ? name : owner + "[" + name + "]";
    }
}
