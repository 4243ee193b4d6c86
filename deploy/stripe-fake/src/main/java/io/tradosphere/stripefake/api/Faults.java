package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What goes wrong on request: calls that are held back, refused, or answered by nothing. */
public final class Faults {

    /**
     * Something that goes wrong with a call.
     *
     * @param delay how long it is held back
     * @param held completes when it is let go; null when only the delay counts
     * @param after whether that happens when the work is done already: what is held back is then an old state
     * @param status the status that is answered instead; 0: none
     * @param drop whether the connection is closed instead of an answer
     */
    record Fault(Duration delay, CompletableFuture<Void> held, boolean after, int status, boolean drop) {
        static final Fault NONE = new Fault(Duration.ZERO, null, false, 0, false);

        boolean isHeldBack() {
            return held != null || !delay.isZero();
        }

        /** Completes when the call goes on, on a thread that may be used for it. */
        CompletionStage<Void> over() {
            CompletableFuture<Void> over = held != null
                    ? held
                    : new CompletableFuture<Void>().completeOnTimeout(null, delay.toMillis(), TimeUnit.MILLISECONDS);
            return over.thenApplyAsync(same -> same);
        }
    }

    private static final class Planned {
        private final String method;
        private final Pattern path;
        private final boolean hold;
        private final Fault fault;
        private int times;

        private Planned(String method, Pattern path, boolean hold, Fault fault, int times) {
            this.method = method;
            this.path = path;
            this.hold = hold;
            this.fault = fault;
            this.times = times;
        }
    }

    private final List<Planned> planned = new ArrayList<>();
    private CompletableFuture<Void> held = new CompletableFuture<>();
    private int perSecond;
    private long second;
    private int taken;

    /**
     * Plans one: {@code {method, path, times, delay_ms, hold, when, status, drop}}. The path may have {@code *} for one
     * segment. Without {@code times} it happens once; with 0 always. {@code when} is {@code before} or {@code after}
     * the work. With {@code hold} the call waits until {@link #letGo}.
     */
    public synchronized void plan(JsonNode given) {
        String path = given.path("path").asText("/v1/*");
        String pattern = Pattern.quote(path).replace("*", "\\E[^/]+\\Q");
        planned.add(new Planned(
                given.path("method").asText(""),
                Pattern.compile(path.equals("/v1/*") ? "/v1/.*" : pattern),
                given.path("hold").asBoolean(false),
                new Fault(
                        Duration.ofMillis(given.path("delay_ms").asLong(0)),
                        null,
                        given.path("when").asText("before").equals("after"),
                        given.path("status").asInt(0),
                        given.path("drop").asBoolean(false)),
                given.path("times").asInt(1)));
    }

    /** How many are planned. */
    public synchronized int planned() {
        return planned.size();
    }

    /** Lets go what is held. */
    public void letGo() {
        CompletableFuture<Void> before;
        synchronized (this) {
            before = held;
            held = new CompletableFuture<>();
        }
        before.complete(null);
    }

    /** Forgets all of them. */
    public synchronized void clear() {
        planned.clear();
        perSecond = 0;
    }

    /** Answers 429 to what comes beyond this many calls in a second of real time; 0 ends that. */
    public synchronized void limit(int callsPerSecond) {
        perSecond = callsPerSecond;
    }

    /** Whether this call is one too many in this second. */
    synchronized boolean tooMany() {
        long now = System.currentTimeMillis() / 1000;
        if (now != second) {
            second = now;
            taken = 0;
        }
        return perSecond > 0 && ++taken > perSecond;
    }

    /** What goes wrong with this call. */
    synchronized Fault next(String method, String path) {
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned candidate = all.next();
            if ((candidate.method.isEmpty() || candidate.method.equals(method))
                    && candidate.path.matcher(path).matches()) {
                if (candidate.times > 0 && --candidate.times == 0) {
                    all.remove();
                }
                Fault fault = candidate.fault;
                return candidate.hold
                        ? new Fault(fault.delay(), held, fault.after(), fault.status(), fault.drop())
                        : fault;
            }
        }
        return Fault.NONE;
    }
}
