package io.tradosphere.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** An HTTP client of the running suite's public API. */
public final class Gateway {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;

    /** @param url the gateway's URL, such as {@code http://localhost:8080} */
    public Gateway(String url) {
        this.url = url;
    }

    /**
     * Sends a request and waits for the response.
     *
     * @param token the caller's token; null: anonymous
     * @param body JSON; null: none
     * @throws StackException when the gateway does not respond; one line
     */
    public Response send(String method, String path, String token, String body) {
        return send(method, path, token, body, Map.of());
    }

    /**
     * Sends a request with more headers, and waits for the response.
     *
     * @param token the caller's token; null: anonymous
     * @param body JSON; null: none
     * @throws StackException when the gateway does not respond; one line
     */
    public Response send(String method, String path, String token, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Response(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new StackException(
                    "The gateway at " + url + " does not respond (see ./tradosphere status): " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    /** A path segment or query value, percent-encoded. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * An HTTP response.
     *
     * @param status the HTTP status
     * @param body the body, empty when there is none
     */
    public record Response(int status, String body) {

        /** Whether the status is a 2xx. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /**
         * The body as JSON.
         *
         * @throws StackException when it is not JSON
         */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new StackException("Not JSON: " + body, e);
            }
        }

        /**
         * This response when it is a success.
         *
         * @param what the attempted operation, for the message
         * @throws StackException with the problem's title and detail otherwise
         */
        public Response orThrow(String what) {
            if (isSuccess()) {
                return this;
            }
            JsonNode problem = body.startsWith("{") ? json() : null;
            String why = problem == null || !problem.hasNonNull("detail")
                    ? body
                    : problem.get("detail").asText();
            throw new StackException("Cannot " + what + ": " + status + " " + why);
        }
    }
}
