package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pages of lists by cursor: {@code limit}, {@code starting_after}, {@code ending_before}, {@code created}. */
public final class Pages {

    private Pages() {}

    /**
     * The requested page.
     *
     * @param url the list's path, which the page names
     * @param newest all that the list has, newest first
     * @throws StripeError when a cursor names nothing in the list, or both are given
     */
    public static JsonNode page(Call call, String url, List<Resource> newest) {
        Params params = call.params();
        if (params.hasValue("starting_after") && params.hasValue("ending_before")) {
            throw StripeError.parameter(
                    null, "You cannot parameterize both starting_after and ending_before.", "starting_after");
        }
        List<Resource> all = newest.stream()
                .filter(found -> within(params, "created", found.number("created")))
                .toList();
        int limit = (int) params.number("limit", 10);
        int from = 0;
        int to = all.size();
        boolean backwards = params.hasValue("ending_before");
        if (params.hasValue("starting_after")) {
            from = position(all, params.text("starting_after"), "starting_after") + 1;
        } else if (backwards) {
            to = position(all, params.text("ending_before"), "ending_before");
        }
        List<Resource> page =
                backwards ? all.subList(Math.max(from, to - limit), to) : all.subList(from, Math.min(to, from + limit));
        ObjectNode list = Json.object("object", "list");
        list.set("data", Json.array(page.stream().map(Resource::json).collect(Collectors.toList())));
        return list.put("has_more", to - from > limit).put("url", url);
    }

    /** Whether a time is what the parameter says: that time, or within its bounds. */
    public static boolean within(Params params, String name, long time) {
        JsonNode range = params.node(name);
        if (range == null) {
            return true;
        }
        return range.isNumber()
                ? time == range.asLong()
                : time > range.path("gt").asLong(Long.MIN_VALUE)
                        && time >= range.path("gte").asLong(Long.MIN_VALUE)
                        && time < range.path("lt").asLong(Long.MAX_VALUE)
                        && time <= range.path("lte").asLong(Long.MAX_VALUE);
    }

    private static int position(List<Resource> all, String id, String param) {
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).id().equals(id))
                .findFirst()
                .orElseThrow(() -> StripeError.noSuch(
                        all.isEmpty() ? "object" : all.get(0).type().replace('_', ' '), id, param));
    }
}
