package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Puts objects in place of their ids, and adds what is only there on request, as {@code expand} says. */
public final class Expansion {

    private static final int DEEPEST = 4;
    private static final Set<String> REFERENCES = Set.of(
            "account",
            "application_fee",
            "balance_transaction",
            "charge",
            "customer",
            "default_payment_method",
            "default_price",
            "destination",
            "destination_payment",
            "destination_payment_refund",
            "failure_balance_transaction",
            "fee",
            "invoice",
            "latest_charge",
            "latest_invoice",
            "on_behalf_of",
            "originating_transaction",
            "payment_intent",
            "payment_method",
            "pending_setup_intent",
            "product",
            "price",
            "source",
            "source_refund",
            "source_transaction",
            "source_transfer",
            "subscription",
            "test_clock",
            "transfer",
            "transfer_reversal");

    private final Map<String, Function<Resource, JsonNode>> onRequest = new HashMap<>();

    /** Something that an object of this type shows only on request. */
    public void onRequest(String type, String name, Function<Resource, JsonNode> value) {
        onRequest.put(type + "/" + name, value);
    }

    /**
     * The document with what these paths name, such as {@code data.customer}.
     *
     * @throws StripeError when a path names nothing that can be expanded, or is too deep
     */
    JsonNode expanded(World world, JsonNode document, List<String> paths) {
        JsonNode copy = document.deepCopy();
        for (String path : paths) {
            List<String> names = Arrays.asList(path.split("\\."));
            if (names.size() - (names.get(0).equals("data") ? 1 : 0) > DEEPEST) {
                throw StripeError.parameter(
                        null, "You cannot expand more than " + DEEPEST + " levels of a property.", "expand");
            }
            expand(world, copy, names, path);
        }
        return copy;
    }

    private void expand(World world, JsonNode at, List<String> names, String path) {
        if (names.isEmpty() || at.isNull()) {
            return;
        }
        if (at.isArray()) {
            at.forEach(member -> expand(world, member, names, path));
            return;
        }
        String name = names.get(0);
        ObjectNode owner = (ObjectNode) at;
        String key = owner.path("object").asText() + "/" + name;
        if (onRequest.containsKey(key)) {
            if (!owner.path(name).isContainerNode()) {
                world.store()
                        .find(owner.path("object").asText(), owner.path("id").asText())
                        .ifPresent(resource -> owner.set(
                                name, onRequest.get(key).apply(resource).deepCopy()));
            }
        } else if (!owner.has(name) || !(owner.get(name).isContainerNode() || REFERENCES.contains(name))) {
            if (owner.has("deleted")) {
                return;
            }
            throw StripeError.parameter(
                    null,
                    "This property cannot be expanded (" + path + "). You may want to try expanding another property.",
                    "expand[0]");
        } else if (owner.get(name).isTextual()) {
            world.store()
                    .find(owner.get(name).asText())
                    .ifPresent(found -> owner.set(name, found.json().deepCopy()));
        } else if (owner.get(name) instanceof ArrayNode ids) {
            for (int i = 0; i < ids.size(); i++) {
                if (ids.get(i).isTextual()) {
                    int position = i;
                    world.store()
                            .find(ids.get(i).asText())
                            .ifPresent(found -> ids.set(position, found.json().deepCopy()));
                }
            }
        }
        JsonNode next = owner.path(name);
        if (next.isContainerNode()) {
            expand(world, next, names.subList(1, names.size()), path);
        }
    }
}
