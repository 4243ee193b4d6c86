package io.tradosphere.bench.load;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * An HTTP request.
 *
 * @param target the server
 * @param method PUT, POST or GET
 * @param path the path
 * @param token the bearer token; null for none
 * @param body the body, JSON unless a header says otherwise; null for none
 * @param headers other headers
 */
public record Call(
        Target target, HttpMethod method, String path, String token, String body, Map<String, String> headers) {

    private Call(Target target, HttpMethod method, String path, String token, String body) {
        this(target, method, path, token, body, Map.of());
    }

    /** An anonymous read. */
    public static Call get(Target target, String path) {
        return new Call(target, HttpMethod.GET, path, null, null);
    }

    /** A read with a token. */
    public static Call get(Target target, String path, String token) {
        return new Call(target, HttpMethod.GET, path, token, null);
    }

    /** A follow. */
    public static Call follow(Target target, Object followed, String token) {
        return new Call(target, HttpMethod.PUT, "/v1/follows/" + followed, token, null);
    }

    /** A reaction. */
    public static Call react(Target target, Object signal, String token) {
        return new Call(target, HttpMethod.PUT, "/v1/signals/" + signal + "/reaction", token, "{\"type\":\"fire\"}");
    }

    /** A join of a competition. */
    public static Call join(Target target, Object competition, String token) {
        return new Call(
                target, HttpMethod.POST, "/v1/competitions/" + competition + "/participants", token, "{}", Map.of());
    }

    /** An event of Stripe's. */
    public static Call webhook(Target target, String event, String signature) {
        return new Call(
                target, HttpMethod.POST, "/v1/webhooks/stripe", null, event, Map.of("Stripe-Signature", signature));
    }

    /** An import of a file of trades, whose times are in a zone with clock changes. */
    public static Call importTrades(Target target, String file, String token) {
        return new Call(
                target,
                HttpMethod.POST,
                "/v1/trades/import?timeZone=America/New_York",
                token,
                file,
                Map.of("Content-Type", "text/csv"));
    }

    /** A parse of free text. */
    public static Call parse(Target target, String text, String token) {
        return new Call(
                target,
                HttpMethod.POST,
                "/v1/signals/parse",
                token,
                new JsonObject().put("text", text).encode());
    }

    /** A message. */
    public static Call message(Target target, Object recipient, String content, String token) {
        String body = "{\"recipientId\":\"" + recipient + "\",\"content\":\"" + content + "\"}";
        return new Call(target, HttpMethod.POST, "/v1/messages", token, body);
    }

    /** A message to one of nchan's channels. */
    public static Call publish(Target target, Object channel, String content) {
        return new Call(target, HttpMethod.POST, "/publish?id=" + channel, null, content);
    }
}
