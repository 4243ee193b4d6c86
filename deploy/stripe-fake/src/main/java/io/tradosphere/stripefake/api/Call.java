package io.tradosphere.stripefake.api;

import io.tradosphere.stripefake.state.Clock;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An authenticated call with valid parameters.
 *
 * @param world what it acts on
 * @param account the account that it acts for
 * @param path the path's variables
 * @param params the parameters
 */
public record Call(World world, String account, Map<String, String> path, Params params) {

    /** The path's {@code {id}}. */
    public String id() {
        return path.get("id");
    }

    /**
     * The object of this type that the path names.
     *
     * @throws StripeError 404 when this account has none such
     */
    public Resource named(String type) {
        return world.store()
                .find(type, id())
                .filter(found -> found.account().equals(account))
                .orElseThrow(() -> StripeError.noSuch(words(type), id()));
    }

    /**
     * The object of this type that the path names, unless it is deleted.
     *
     * @throws StripeError 404 when this account has none such
     */
    public Resource present(String type) {
        Resource found = named(type);
        if (found.is("deleted")) {
            throw StripeError.noSuch(words(type), id());
        }
        return found;
    }

    /**
     * The object that a parameter names; null when the parameter is absent or empty.
     *
     * @throws StripeError 400 when this account has none such
     */
    public Resource referred(String type, String param) {
        return params.hasValue(param) ? referred(type, params.text(param), param) : null;
    }

    /**
     * The object of this id.
     *
     * @throws StripeError 400 with this parameter when this account has none such
     */
    public Resource referred(String type, String id, String param) {
        return world.store()
                .find(type, id)
                .filter(found -> found.account().equals(account) && !found.is("deleted"))
                .orElseThrow(() -> StripeError.noSuch(words(type), id, param));
    }

    /** Adds a new object of this account that lives by this clock, and says so. */
    public Resource create(Clock clock, String event, com.fasterxml.jackson.databind.node.ObjectNode json) {
        Resource made = world.add(account, clock, json);
        if (event != null) {
            world.emit(made, event);
        }
        return made;
    }

    /** Changes an object and says so, see {@link World#change}. */
    public Resource change(Resource resource, String event, Consumer<Resource> change) {
        world.change(resource, event, change);
        return resource;
    }

    /** Sets each of these members whose parameter of the same name was given. */
    public void copy(Resource to, String... names) {
        for (String name : names) {
            if (params.has(name)) {
                to.set(name, params.node(name));
            }
        }
        if (params.has("metadata")) {
            to.set(
                    "metadata",
                    params.merged((com.fasterxml.jackson.databind.node.ObjectNode) to.get("metadata"), "metadata"));
        }
    }

    /** The objects of a type that belong to this account and match, newest first. */
    public List<Resource> own(String type, java.util.function.Predicate<Resource> matching) {
        return world.store().newest(type, found -> found.account().equals(account) && matching.test(found));
    }

    private static String words(String type) {
        return switch (type) {
            case "payment_method" -> "PaymentMethod";
            default -> type.replace('.', ' ').replace("_", type.equals("payment_intent") ? "_" : " ");
        };
    }
}
