package io.tradosphere.platform.reconciliation;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The response to a run: lines of JSON. A line {@code {"steps": 12}} says that the run goes on. The last line is the outcome, or
 * {@code {"failure": "…"}}. So a client need not guess how long a run may take: it gives up on one that says nothing.
 */
final class RunResponse {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final AtomicLong steps = new AtomicLong();
    private final long timer;
    /** Only the timer's thread uses it. */
    private long said;

    private RunResponse(Vertx vertx, HttpServerResponse response) {
        this.vertx = vertx;
        this.response = response;
        timer = vertx.setPeriodic(BETWEEN_LINES.toMillis(), any -> sayProgress());
    }

    static RunResponse begin(Vertx vertx, HttpServerResponse response) {
        return new RunResponse(
                vertx, response.setChunked(true).putHeader("Content-Type", "application/x-ndjson; charset=utf-8"));
    }

    /** The run has got on a little. */
    void progressed() {
        steps.incrementAndGet();
    }

    void end(JsonObject outcome) {
        vertx.cancelTimer(timer);
        if (isOpen()) {
            response.end(line(outcome));
        }
    }

    /** @param reason one line */
    void fail(String reason) {
        end(new JsonObject().put("failure", reason));
    }

    private void sayProgress() {
        long now = steps.get();
        if (now > said && isOpen()) {
            said = now;
            response.write(line(new JsonObject().put("steps", now)));
        }
    }

    /** The client may have gone. */
    private boolean isOpen() {
        return !response.ended() && !response.closed();
    }

    private static String line(JsonObject object) {
        return object.encode() + "\n";
    }
}
