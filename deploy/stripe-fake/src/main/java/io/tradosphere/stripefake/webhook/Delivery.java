package io.tradosphere.stripefake.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;

/** An event on its way to an endpoint. */
final class Delivery {

    /** Where it is. */
    enum State {
        HELD,
        SENDING,
        WAITING,
        DELIVERED,
        FAILED,
        LOST
    }

    final String id;
    final Resource event;
    final Resource endpoint;
    State state = State.SENDING;
    int attempts;
    int lastStatus;

    Delivery(String id, Resource event, Resource endpoint) {
        this.id = id;
        this.event = event;
        this.endpoint = endpoint;
    }

    ObjectNode json() {
        return Json.document()
                .with("id", id)
                .with("event", event.id())
                .with("type", event.text("type"))
                .with("endpoint", endpoint.id())
                .with("state", state.name().toLowerCase(java.util.Locale.ROOT))
                .with("attempts", attempts)
                .with("last_status", lastStatus)
                .json();
    }
}
