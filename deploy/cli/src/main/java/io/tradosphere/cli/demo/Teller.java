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
 * Tells the story: acts for its people through the public API, waits for what is counted by events, and says what came out
 * right. Names carry the run's own suffix, so that it can be told again and again.
 */
final class Teller {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Gateway gateway;
    private final Tokens tokens;
    private final PrintWriter out;
    private final String run = Long.toString(System.currentTimeMillis(), 36);
    private final Map<String, UUID> people = new LinkedHashMap<>();
    private boolean right = true;

    Teller(Gateway gateway, Tokens tokens, PrintWriter out) {
        this.gateway = gateway;
        this.tokens = tokens;
        this.out = out;
    }

    /** What no other run has in its names. */
    String run() {
        return run;
    }

    /** How many people have come. */
    int crowd() {
        return people.size();
    }

    /** Ends the story; false when something did not come out right. */
    boolean end() {
        out.println();
        out.println(right ? "Every counter came out right." : "Not every counter came out right: see above.");
        out.flush();
        return right;
    }

    /** Somebody makes a profile. */
    void arrive(String name, String displayName) {
        people.put(name, Tokens.profileId("demo-" + run + "-" + name));
        String shown = displayName == null ? "" : ",\"displayName\":\"" + displayName + "\"";
        call(
                "POST",
                "/v1/profiles",
                token(name),
                "{\"username\":\"" + name + "_" + run + "\"" + shown + "}",
                "make " + name + "'s profile");
    }

    /** What an admin does about a tier. */
    void setTier(String name, String tier) {
        call("PUT", "/v1/profiles/" + id(name) + "/tier", admin(), "{\"tier\":\"" + tier + "\"}", "set a tier");
    }

    /** Waits until it holds. */
    void expect(String what, Condition condition) {
        Instant start = Instant.now();
        boolean holds = condition.holds();
        while (!holds && Instant.now().isBefore(start.plus(PATIENCE))) {
            pause();
            holds = condition.holds();
        }
        check(what + ", " + Duration.between(start, Instant.now()).toMillis() + " ms later", holds);
    }

    /** Says whether it holds now. */
    void check(String what, boolean holds) {
        out.println((holds ? "  ok     " : "  WRONG  ") + what);
        out.flush();
        right &= holds;
    }

    void chapter(String title) {
        out.println();
        out.println(title);
        out.flush();
    }

    void say(String text) {
        out.println("         " + text);
        out.flush();
    }

    /** The status of an answer that may well be a refusal. */
    int status(String method, String path, String token, String body) {
        return gateway.send(method, path, token, body).status();
    }

    /**
     * The answer's body.
     *
     * @param token the caller's; null: nobody's
     * @param what is tried, for the message when it is refused
     */
    JsonNode call(String method, String path, String token, String body, String what) {
        Gateway.Answer answer = gateway.send(method, path, token, body).orFail(what);
        return answer.body().isEmpty() ? NullNode.getInstance() : answer.json();
    }

    String token(String name) {
        return tokens.token(id(name).toString(), List.of());
    }

    String admin() {
        return tokens.token(Tokens.profileId("tradosphere-admin").toString(), List.of("platform-admin"));
    }

    UUID id(String name) {
        return people.get(name);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    /** Something that becomes true. */
    interface Condition {
        boolean holds();
    }
}
