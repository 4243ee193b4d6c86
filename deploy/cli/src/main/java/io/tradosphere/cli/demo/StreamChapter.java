package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The demo's streaming part: a creator goes live, fans watch, and one of them leaves. */
final class StreamChapter {

    private static final List<String> VIEWERS = List.of("fan4", "fan5", "fan6");

    private final DemoScript script;
    private String path;

    StreamChapter(DemoScript script) {
        this.script = script;
    }

    void play() {
        script.chapter("vega goes live, and three fans watch");
        JsonNode started = script.request(
                "POST",
                "/v1/streams",
                script.token("vega"),
                "{\"title\":\"Bitcoin, live\",\"category\":\"analysis\",\"currentSymbol\":\"BTC/USD\"}",
                "start a stream");
        path = "/v1/streams/" + started.path("id").asText();
        script.check(
                "vega may publish in the channel, a fan only watch",
                "publisher".equals(started.path("channel").path("role").asText())
                        && "subscriber"
                                .equals(script.request(
                                                "POST", path + "/token", script.token("fan4"), null, "get a token")
                                        .path("role")
                                        .asText()));
        script.check(
                "a second live stream is refused (409)",
                script.status(
                                "POST",
                                "/v1/streams",
                                script.token("vega"),
                                "{\"title\":\"Two at once\",\"category\":\"analysis\"}")
                        == 409);
        script.expect(
                "fan3, whom vega has blocked, gets no token (403)",
                () -> script.status("POST", path + "/token", script.token("fan3"), null) == 403);
        VIEWERS.forEach(viewer -> {
            script.request("POST", path + "/viewers", script.token(viewer), null, "watch");
            script.request("POST", path + "/viewers", script.token(viewer), null, "watch on");
        });
        script.request("POST", path + "/viewers", script.token("vega"), null, "say that the broadcast runs");
        script.expect("three watch, and vega is no viewer", () -> isCounted(3, 3, 3));
        script.request("DELETE", path + "/viewers", script.token("fan6"), null, "leave");
        script.expect("two watch, and three is the peak", () -> isCounted(2, 3, 3));
        script.request("POST", path + "/end", script.token("vega"), null, "end the stream");
        script.expect("nobody watches what is over, and three did", () -> isCounted(0, 3, 3));
    }

    private boolean isCounted(int current, int peak, int total) {
        JsonNode stream = script.request("GET", path, null, null, "read the stream");
        return stream.path("currentViewers").asInt() == current
                && stream.path("peakViewers").asInt() == peak
                && stream.path("totalViewers").asInt() == total;
    }
}
