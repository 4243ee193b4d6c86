package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.Settings;
import io.tradosphere.stripefake.StripeFake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fake of Stripe of {@link LoneBilling}. */
final class LoneStripe implements AutoCloseable {

    private static final String KEY = "sk_test_lone";
    private static final String WEBHOOK_SECRET = "whsec_lone_0123456789abcdef";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final StripeFake fake = StripeFake.start(Settings.defaults().withSeed(System.nanoTime()));
    private final String endpoint;

    /** @param webhooks where its webhooks go */
    LoneStripe(String webhooks) {
        endpoint = fake.addEndpoint(new Settings.Endpoint(webhooks, WEBHOOK_SECRET, false));
        fake.addEndpoint(new Settings.Endpoint(webhooks, WEBHOOK_SECRET, true));
    }

    /** What billing-service is told of it. */
    Map<String, String> environment() {
        return Map.of(
                "STRIPE_SECRET_KEY",
                KEY,
                "STRIPE_API_BASE",
                fake.baseUrl(),
                "STRIPE_WEBHOOK_SECRET",
                WEBHOOK_SECRET,
                "STRIPE_CALLS_PER_SECOND",
                "1000");
    }

    /** An event as Stripe posts it. */
    StripeFake.SignedEvent signed(String event) {
        return fake.signed(event, endpoint);
    }

    /** An answer of Stripe's API. */
    JsonNode get(String path) {
        return Client.parsed(send(HttpRequest.newBuilder(URI.create(fake.baseUrl() + path))
                        .header("Authorization", "Bearer " + KEY)
                        .GET())
                .body());
    }

    /** The data of all pages of a list of Stripe's. */
    List<JsonNode> list(String path) {
        String first = path + (path.contains("?") ? "&" : "?") + "limit=100";
        List<JsonNode> data = new ArrayList<>();
        JsonNode page = get(first);
        page.path("data").forEach(data::add);
        while (page.path("has_more").asBoolean()) {
            page = get(first + "&starting_after="
                    + data.get(data.size() - 1).path("id").asText());
            page.path("data").forEach(data::add);
        }
        return data;
    }

    /** Tells the fake of Stripe what Stripe cannot be told. */
    JsonNode control(String call, Map<String, ?> body) {
        try {
            HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(fake.baseUrl() + "/_fake/" + call))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Client.JSON.writeValueAsString(body))));
            if (response.statusCode() != 200) {
                throw new AssertionError(call + ": " + response.body());
            }
            return Client.parsed(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How many faults of the fake have not happened yet. */
    int plannedFaults() {
        return Client.parsed(send(HttpRequest.newBuilder(URI.create(fake.baseUrl() + "/_fake"))
                                .GET())
                        .body())
                .path("planned_faults")
                .asInt();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        fake.advance(time);
    }

    /** Waits until every webhook is answered. */
    void awaitWebhooks() {
        fake.settle(LoneBilling.SOON);
    }

    @Override
    public void close() {
        fake.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("The fake of Stripe does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
