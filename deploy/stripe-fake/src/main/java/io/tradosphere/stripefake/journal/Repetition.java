package io.tradosphere.stripefake.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.http.HttpRequest;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the objects of a journal's lines again. */
public final class Repetition {

    private Repetition() {}

    /** Thrown when the lines lead to something else, as after a change of the fake's code. */
    public static final class Differs extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Differs(String message) {
            super(message);
        }
    }

    /**
     * Repeats what happened. The clock then stands where it stood.
     *
     * @param lines without the heading
     * @param request does the work of a request
     * @throws Differs when other ids are drawn than were
     */
    public static void of(List<String> lines, World world, Consumer<HttpRequest> request) {
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = Json.parse(lines.get(i));
            world.clock().stand(line.path("at").asLong());
            if (line.has("timer")) {
                check(line, world, i);
                again(() -> world.clock().run(line.path("timer").asText()));
            } else if (line.has("path")) {
                again(() -> request.accept(request(line)));
                check(line, world, i);
            }
        }
    }

    private static void again(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            // It failed the first time, too. If not, the ids of the next check differ.
        }
    }

    /** A timer's line is written before it runs, a request's after. */
    private static void check(JsonNode line, World world, int index) {
        if (line.path("ids").asLong() != world.ids().drawn()) {
            throw new Differs("line " + (index + 2) + " led to other ids");
        }
    }

    private static HttpRequest request(JsonNode line) {
        Map<String, String> headers = new HashMap<>();
        line.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new HttpRequest(
                line.path("method").asText(),
                line.path("path").asText(),
                line.path("query").asText(),
                headers,
                line.path("body").asText());
    }
}
