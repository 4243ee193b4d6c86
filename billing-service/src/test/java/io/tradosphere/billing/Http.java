package io.tradosphere.billing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.tradosphere.test.TestUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Test fixture: requests of tests that make thousands. REST Assured takes longer for a request than the service. */
public final class Http {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /**
     * A response.
     *
     * @param body missing when there is none
     */
    public record Reply(int status, JsonNode body) {

        /** The text of a field of the body; null when it has none. */
        public String text(String field) {
            return body.path(field).textValue();
        }

        /** This response, which has to have that status. */
        public Reply require(int expected) {
            if (status != expected) {
                throw new AssertionError("not " + expected + ": " + this);
            }
            return this;
        }

        /** The objects of a list of Stripe's. */
        public List<JsonNode> data() {
            return StreamSupport.stream(body.path("data").spliterator(), false).toList();
        }
    }

    /** A request of somebody's to the service under test, without a body. */
    public static Reply api(TestUser caller, String method, String path) {
        return send(asking(caller, path).method(method, BodyPublishers.noBody()));
    }

    /** A request of somebody's to the service under test. */
    public static Reply api(TestUser caller, String method, String path, Map<String, ?> body) {
        return send(
                asking(caller, path).header("Content-Type", "application/json").method(method, json(body)));
    }

    /** A request to Stripe's API, with the account's key. */
    public static Reply stripe(String method, String path, Map<String, ?> parameters) {
        return send(fake(path)
                .header("Authorization", "Bearer " + StripeResource.KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, form(parameters)));
    }

    /** An object or a list of Stripe's, which has to be there. */
    public static Reply stripe(String path) {
        return stripe("GET", path, Map.of()).require(200);
    }

    /** Tells the fake what Stripe cannot be told. */
    public static Reply control(String path, Map<String, ?> body) {
        return send(fake(path).POST(json(body)));
    }

    /** Sends a form of a page. */
    public static Reply submit(String url, Map<String, ?> fields) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(form(fields)));
    }

    /** Posts a webhook to the service under test. */
    public static Reply webhook(String payload, String signature) {
        return send(HttpRequest.newBuilder(service("/v1/webhooks/stripe"))
                .header("Content-Type", "application/json")
                .header("Stripe-Signature", signature)
                .POST(BodyPublishers.ofString(payload)));
    }

    private static Reply send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .join();
        boolean isJson = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        try {
            return new Reply(response.statusCode(), JSON.readTree(isJson ? response.body() : new byte[0]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static HttpRequest.Builder asking(TestUser caller, String path) {
        return HttpRequest.newBuilder(service(path)).header("Authorization", "Bearer " + caller.token());
    }

    private static URI service(String path) {
        return URI.create("http://localhost:" + RestAssured.port + path);
    }

    private static HttpRequest.Builder fake(String path) {
        return HttpRequest.newBuilder(URI.create(StripeResource.fake().baseUrl() + path));
    }

    private static BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofString(JSON.valueToTree(body).toString());
    }

    private static BodyPublisher form(Map<String, ?> fields) {
        return fields.isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(fields.entrySet().stream()
                        .map(field -> field.getKey() + "="
                                + URLEncoder.encode(String.valueOf(field.getValue()), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }
}
