package io.tradosphere.billing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Test fixture: Stripe's list of events, read once each. */
public final class EventFeed {

    private final Set<String> types;
    private String newest = "";

    /** @param types the types of the events to read */
    public EventFeed(Set<String> types) {
        this.types = types;
    }

    /** The events since the last call, oldest first. The fake's list goes back 30 days only. */
    public List<JsonNode> fresh() {
        List<JsonNode> fresh = new ArrayList<>();
        String known = newest;
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = page(after);
            more = page.path("has_more").asBoolean();
            for (JsonNode event : page.path("data")) {
                after = event.path("id").asText();
                if (after.equals(known)) {
                    more = false;
                    break;
                }
                if (newest.equals(known)) {
                    newest = after;
                }
                if (types.contains(event.path("type").asText())) {
                    fresh.add(event);
                }
            }
        }
        Collections.reverse(fresh);
        return fresh;
    }

    private static JsonNode page(String after) {
        return Http.stripe("/v1/events?limit=100" + (after.isEmpty() ? "" : "&starting_after=" + after))
                .body();
    }
}
