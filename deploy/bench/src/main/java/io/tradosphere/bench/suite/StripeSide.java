package io.tradosphere.bench.suite;

import io.tradosphere.stack.StackException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Stripe's side of a suite: who pays on its pages, what changes there, how slowly it answers, and what it signs. */
public final class StripeSide {

    private static final String HMAC = "HmacSHA256";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String gateway;
    private final String stripe;
    private final Mac mac;

    /**
     * @param endpoints of a suite with a fake of Stripe
     * @throws StackException when it has none; one line
     */
    public StripeSide(Endpoints endpoints) {
        gateway = endpoints.get("GATEWAY_URL");
        stripe = endpoints.get("STRIPE_URL");
        byte[] secret = endpoints.get("STRIPE_WEBHOOK_SECRET").getBytes(StandardCharsets.UTF_8);
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }

    /** Gives a creator a plan, and an account that can be paid. */
    public void sell(String token) {
        api(token, "PUT", "/v1/plans/me", "{\"priceMonthly\":\"9.99\",\"currency\":\"USD\"}");
        String page = api(token, "POST", "/v1/plans/me/onboarding", """
                        {"returnUrl":"http://localhost:3000/","refreshUrl":"http://localhost:3000/again"}""").getString("url");
        String form = send(HttpRequest.newBuilder(URI.create(page)).GET());
        String account = form.replaceFirst("(?s).*action=\"/setup/e/([^/\"]+)/finish\".*", "$1");
        control("accounts/" + account, new JsonObject().put("complete", true));
    }

    /** Subscribes to a creator, and pays. */
    public void subscribe(String token, UUID creator) {
        String body = """
                {"creatorId":"%s","successUrl":"http://localhost:3000/paid","cancelUrl":"http://localhost:3000/"}""".formatted(creator);
        String page = api(token, "POST", "/v1/subscriptions", body).getString("checkoutUrl");
        send(HttpRequest.newBuilder(URI.create(page + "/pay"))
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString("card=4242424242424242&email=payer%40example.com")));
    }

    /** Ends a subscription at Stripe, which tells nobody. */
    public void endInSilence(String subscription) {
        control("webhooks", new JsonObject().put("lost", 1));
        send(HttpRequest.newBuilder(URI.create(stripe + "/v1/subscriptions/" + subscription))
                .header("Authorization", "Bearer sk_test_bench")
                .DELETE());
        control("webhooks", new JsonObject());
    }

    /** Makes Stripe answer after this time when it is asked for a subscription, until {@link #answerAtOnce}. */
    public void answerAfter(Duration time) {
        control(
                "faults",
                new JsonObject()
                        .put("method", "GET")
                        .put("path", "/v1/subscriptions/*")
                        .put("times", 0)
                        .put("delay_ms", time.toMillis()));
    }

    /** Ends the slowness. */
    public void answerAtOnce() {
        send(HttpRequest.newBuilder(URI.create(stripe + "/_fake/faults")).DELETE());
    }

    /** An event that says that a subscription has changed. */
    public static String event(String id, String subscription) {
        return """
                {"id":"%s","object":"event","type":"customer.subscription.updated","created":%d,\
                "data":{"object":{"id":"%s","object":"subscription"}}}""".formatted(id, Instant.now().getEpochSecond(), subscription);
    }

    /** The header {@code Stripe-Signature} of an event of now. One thread at a time. */
    public String signature(String event) {
        long now = Instant.now().getEpochSecond();
        byte[] signed = mac.doFinal((now + "." + event).getBytes(StandardCharsets.UTF_8));
        return "t=" + now + ",v1=" + HexFormat.of().formatHex(signed);
    }

    private JsonObject api(String token, String method, String path, String body) {
        return new JsonObject(send(HttpRequest.newBuilder(URI.create(gateway + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", JSON)
                .method(method, BodyPublishers.ofString(body))));
    }

    private void control(String call, JsonObject body) {
        send(HttpRequest.newBuilder(URI.create(stripe + "/_fake/" + call))
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(body.encode())));
    }

    /** Redirects are not followed: they lead to pages that do not exist. */
    private String send(HttpRequest.Builder request) {
        HttpRequest made = request.timeout(Duration.ofMinutes(1)).build();
        try {
            HttpResponse<String> response = http.send(made, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new StackException(made.method() + " " + made.uri() + " returned " + response.statusCode() + ": "
                        + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new StackException(made.uri() + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
