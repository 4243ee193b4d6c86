package io.tradosphere.stripefake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.api.Call;
import io.tradosphere.stripefake.api.Kind;
import io.tradosphere.stripefake.api.Pages;
import io.tradosphere.stripefake.api.Params;
import io.tradosphere.stripefake.api.Routes;
import io.tradosphere.stripefake.api.Shape;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import io.tradosphere.stripefake.state.World;
import java.util.List;
import java.util.Optional;

/** Events: the list of them, kept for 30 days of the fake's clock but not more than 5,000, and their delivery. */
public final class Events implements World.Recorder {

    private static final int MOST = 5_000;
    private static final long KEPT_SECONDS = 30 * 86_400L;

    private final Deliveries deliveries;

    /** @param deliveries what takes them to the endpoints */
    public Events(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** Adds their calls. */
    public static void routes(Routes routes) {
        routes.get("/v1/events/{id}", "event")
                .list(
                        "/v1/events",
                        Shape.ofList()
                                .may(Kind.STRING, "type")
                                .may(Kind.listOf(Kind.STRING), "types")
                                .may(Kind.BOOLEAN, "delivery_success"),
                        Events::list);
    }

    @Override
    public void record(World world, Resource about, String type, ObjectNode previous) {
        boolean ofAccount = about.type().equals("account");
        String account = ofAccount ? about.id() : about.account();
        ObjectNode data = Json.object("object", about.json().deepCopy());
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        ObjectNode event = Json.object("id", world.ids().next("evt_1"), "object", "event");
        if (!account.equals(World.PLATFORM)) {
            event.put("account", account);
        }
        event.setAll(Json.document()
                .with("api_version", world.settings().apiVersion())
                .with("created", about.clock().now())
                .with("data", data)
                .with("livemode", false)
                .with("pending_webhooks", 0)
                .with("request", world.request())
                .with("type", type)
                .json());
        forgetOld(world);
        Resource recorded = world.add(account, about.clock(), event);
        recorded.note("recorded", world.clock().now());
        recorded.set("pending_webhooks", deliveries.enqueue(world, recorded));
    }

    private static void forgetOld(World world) {
        Optional<Resource> oldest = world.store().oldest("event");
        while (oldest.isPresent()
                && (world.store().count("event") >= MOST
                        || world.clock().now() - oldest.get().<Long>note("recorded") > KEPT_SECONDS)) {
            world.store().remove(oldest.get());
            oldest = world.store().oldest("event");
        }
    }

    private static JsonNode list(Call call) {
        Params params = call.params();
        List<String> types = params.texts("types");
        return Pages.page(
                call,
                "/v1/events",
                call.own(
                        "event",
                        event -> (types.isEmpty() || types.contains(event.text("type")))
                                && matches(params.text("type"), event.text("type"))
                                && (!params.has("delivery_success")
                                        || params.is("delivery_success") == (event.number("pending_webhooks") == 0))));
    }

    private static boolean matches(String wanted, String type) {
        return wanted == null
                || wanted.equals(type)
                || (wanted.endsWith("*") && type.startsWith(wanted.substring(0, wanted.length() - 1)));
    }
}
