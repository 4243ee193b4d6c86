package io.tradosphere.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tradosphere.cli.Gateway;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.issuer.Tokens;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The context of one demo run: its profiles, its requests and its checks. It waits for counters that events update.
 * Names end with a suffix of this run, so the demo can run repeatedly.
 */
final class DemoScript {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration QUICK_POLL = Duration.ofMillis(20);
    private static final Duration SLOW_POLL = Duration.ofMillis(250);

    private final Gateway gateway;
    private final Tokens tokens;
    private final PrintWriter out;
    private final String run = Long.toString(System.currentTimeMillis(), 36);
    private final Map<String, UUID> profiles = new LinkedHashMap<>();
    private Duration slowest = Duration.ZERO;
    private boolean allPassed = true;

    DemoScript(Gateway gateway, Tokens tokens, PrintWriter out) {
        this.gateway = gateway;
        this.tokens = tokens;
        this.out = out;
    }

    /** The suffix of this run's names. */
    String run() {
        return run;
    }

    /** The longest that a request has taken in this run. On a busy machine the demo gives everything more time by it. */
    Duration slowest() {
        return slowest;
    }

    /** How many profiles this run has created. */
    int profileCount() {
        return profiles.size();
    }

    /** Prints the result. False when a check failed. */
    boolean end() {
        out.println();
        out.println(
                allPassed
                        ? "Every counter came out right."
                        : "Not every counter came out right; see the failed checks above.");
        out.flush();
        return allPassed;
    }

    /** Creates a profile. */
    void createProfile(String name, String displayName) {
        profiles.put(name, Tokens.profileId("demo-" + run + "-" + name));
        String shown = displayName == null ? "" : ",\"displayName\":\"" + displayName + "\"";
        request(
                "POST",
                "/v1/profiles",
                token(name),
                "{\"username\":\"" + name + "_" + run + "\"" + shown + "}",
                "create " + name + "'s profile");
    }

    /** Sets a profile's tier, as an admin. */
    void setTier(String name, String tier) {
        request("PUT", "/v1/profiles/" + id(name) + "/tier", admin(), "{\"tier\":\"" + tier + "\"}", "set a tier");
    }

    /** Waits until the condition holds, and reports the result as a check. */
    void expect(String what, Condition condition) {
        Instant start = Instant.now();
        boolean holds = condition.holds();
        boolean waitingShown = false;
        while (!holds && Instant.now().isBefore(start.plus(TIMEOUT))) {
            if (!waitingShown && Instant.now().isAfter(start.plus(PATIENCE))) {
                print("waiting until " + what + " (at most " + TIMEOUT.toSeconds() + " s)");
                waitingShown = true;
            }
            // The measured delay is exact while somebody watches. A long wait must not meet the rate limit.
            pause(waitingShown ? SLOW_POLL : QUICK_POLL);
            holds = condition.holds();
        }
        check(what + ", " + Duration.between(start, Instant.now()).toMillis() + " ms later", holds);
    }

    /** Reports a check. */
    void check(String what, boolean holds) {
        out.println((holds ? "  ok     " : "  WRONG  ") + what);
        out.flush();
        allPassed &= holds;
    }

    void chapter(String title) {
        out.println();
        out.println(title);
        out.flush();
    }

    void print(String text) {
        out.println("         " + text);
        out.flush();
    }

    /** The status of a response that may be a refusal. */
    int status(String method, String path, String token, String body) {
        return gateway.send(method, path, token, body).status();
    }

    /**
     * Sends a request that must succeed, and returns the response body.
     *
     * @param token the caller's token; null: anonymous
     * @param what the attempted operation, for the message when it fails
     */
    JsonNode request(String method, String path, String token, String body, String what) {
        Instant start = Instant.now();
        Gateway.Response response = gateway.send(method, path, token, body).orThrow(what);
        Duration took = Duration.between(start, Instant.now());
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        return response.body().isEmpty() ? NullNode.getInstance() : response.json();
    }

    String token(String name) {
        return tokens.token(id(name).toString(), List.of());
    }

    String admin() {
        return tokens.token(Tokens.profileId("tradosphere-admin").toString(), List.of("platform-admin"));
    }

    UUID id(String name) {
        return profiles.get(name);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    /** A condition that may throw while it is evaluated. */
    interface Condition {
        boolean holds();
    }
}
