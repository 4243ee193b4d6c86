package io.tradosphere.stripefake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.Settings;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.api.StripeError;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Webhook endpoints and their secrets. */
public final class Endpoints {

    private static final String TYPE = "webhook_endpoint";
    private static final String PATH = "/v1/webhook_endpoints";

    private Endpoints() {}

    /** Adds their calls. */
    public static void routes(Routes routes) {
        routes.document(
                        "POST",
                        PATH,
                        new Shape()
                                .need(Kind.STRING, "url")
                                .need(Kind.listOf(Kind.STRING), "enabled_events")
                                .may(Kind.STRING, "api_version", "description")
                                .may(Kind.BOOLEAN, "connect")
                                .may(Kind.METADATA, "metadata"),
                        Endpoints::create)
                .get(PATH + "/{id}", TYPE)
                .list(PATH, TYPE)
                .post(
                        PATH + "/{id}",
                        new Shape()
                                .may(Kind.STRING, "url", "description")
                                .may(Kind.listOf(Kind.STRING), "enabled_events")
                                .may(Kind.BOOLEAN, "disabled")
                                .may(Kind.METADATA, "metadata"),
                        Endpoints::update)
                .document("DELETE", PATH + "/{id}", new Shape(), call -> {
                    Resource endpoint = call.named(TYPE);
                    endpoint.set("status", "disabled");
                    call.world().store().remove(endpoint);
                    return Routes.deleted(endpoint);
                });
    }

    /** Adds one from the start. */
    public static Resource add(World world, Settings.Endpoint given) {
        Resource endpoint = make(world, World.PLATFORM, given.url(), Json.array(List.of("*")), null);
        return endpoint.note("secrets", List.of(given.secret())).note("connect", given.connect());
    }

    /** Gives it another secret. Both sign until the next change. */
    public static void roll(Resource endpoint, String secret) {
        List<String> secrets = secrets(endpoint);
        endpoint.note("secrets", new ArrayList<>(List.of(secret, secrets.get(0))));
    }

    static List<String> secrets(Resource endpoint) {
        return endpoint.note("secrets");
    }

    static boolean wants(Resource endpoint, Resource event) {
        boolean ofConnected = event.text("account") != null;
        boolean connect = endpoint.<Boolean>note("connect");
        if (!endpoint.hasStatus("enabled") || connect != ofConnected) {
            return false;
        }
        for (JsonNode type : endpoint.get("enabled_events")) {
            if (type.asText().equals("*") || type.asText().equals(event.text("type"))) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode create(Call call) {
        Resource endpoint = make(
                call.world(),
                call.account(),
                url(call.params().text("url")),
                call.params().node("enabled_events"),
                call.params().text("api_version"));
        call.copy(endpoint, "description");
        String secret = call.world().ids().next("whsec_", 32);
        endpoint.note("secrets", List.of(secret)).note("connect", call.params().is("connect"));
        ObjectNode answer = endpoint.json().deepCopy();
        return answer.put("secret", secret);
    }

    private static Resource update(Call call) {
        Resource endpoint = call.named(TYPE);
        if (call.params().hasValue("url")) {
            url(call.params().text("url"));
        }
        call.copy(endpoint, "url", "description", "enabled_events");
        if (call.params().has("disabled")) {
            endpoint.set("status", call.params().is("disabled") ? "disabled" : "enabled");
        }
        return endpoint;
    }

    private static Resource make(World world, String account, String url, JsonNode events, String version) {
        return world.add(
                account,
                world.clock(),
                Json.document()
                        .with("id", world.ids().next("we_"))
                        .with("object", TYPE)
                        .with("api_version", version)
                        .with("application", null)
                        .with("created", world.clock().now())
                        .with("description", null)
                        .with("enabled_events", events)
                        .with("livemode", false)
                        .with("metadata", Json.object())
                        .with("status", "enabled")
                        .with("url", url)
                        .json());
    }

    private static String url(String given) {
        try {
            URI url = URI.create(given);
            if (url.getHost() != null && url.getScheme().matches("https?")) {
                return given;
            }
        } catch (IllegalArgumentException noUrl) {
            // said below
        }
        throw StripeError.invalid("url_invalid", "Invalid URL: " + given, "url");
    }
}
