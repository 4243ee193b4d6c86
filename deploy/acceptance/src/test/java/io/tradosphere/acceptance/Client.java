package io.tradosphere.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.stack.issuer.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A client of the API, through the gateway.
 *
 * @param id the profile id
 * @param token the client's token; null: anonymous
 */
record Client(UUID id, String token) {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An HTTP response. */
    record Response(int status, String body) {
        JsonNode json() {
            return body.isEmpty() ? MissingNode.getInstance() : parsed(body);
        }
    }

    static Client anonymous() {
        return new Client(null, null);
    }

    /** A client without a profile. */
    static Client withoutProfile(String... roles) {
        UUID id = UUID.randomUUID();
        return new Client(
                id, new Tokens(SharedSuite.endpoints().get("OIDC_ISSUER")).token(id.toString(), List.of(roles)));
    }

    /** A client with a new profile. */
    static Client withProfile() {
        Client client = withoutProfile();
        client.createProfile();
        return client;
    }

    /** A client with a new profile of this tier. */
    static Client withProfile(String tier) {
        Client client = withProfile();
        admin().request("PUT", "/v1/profiles/" + client.id() + "/tier", "{\"tier\":\"" + tier + "\"}");
        return client;
    }

    /** A client that may post signals. */
    static Client signalCreator() {
        return withProfile("grow");
    }

    static Client admin() {
        return withoutProfile("platform-admin");
    }

    void createProfile(String... headers) {
        String username = "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        Response made = call("POST", "/v1/profiles", "{\"username\":\"" + username + "\"}", headers);
        if (made.status() != 201) {
            throw new AssertionError("No profile: " + made);
        }
    }

    Response follow(Client other) {
        return call("PUT", "/v1/follows/" + other.id(), null);
    }

    Response unfollow(Client other) {
        return call("DELETE", "/v1/follows/" + other.id(), null);
    }

    /** The profile as an anonymous client sees it. */
    int followerCount() {
        return anonymous()
                .call("GET", "/v1/profiles/" + id, null)
                .json()
                .at("/stats/followerCount")
                .asInt(-1);
    }

    /** A counter of the profile, as an anonymous client sees it. */
    int stat(String name) {
        return anonymous()
                .request("GET", "/v1/profiles/" + id, null)
                .path("stats")
                .path(name)
                .asInt(-1);
    }

    /**
     * Posts a signal and returns its id. By default the signal has no levels.
     *
     * @param fields a JSON object with the fields that differ from the default
     */
    String postSignal(String fields) {
        Response response = tryPostSignal(fields);
        if (response.status() != 201) {
            throw new AssertionError("Not posted: " + response);
        }
        return response.json().path("id").asText();
    }

    /** Posts a signal, which may be refused. */
    Response tryPostSignal(String fields) {
        ObjectNode signal = JSON.createObjectNode();
        signal.put("assetSymbol", "QUIET/USD")
                .put("assetType", "crypto")
                .put("direction", "LONG")
                .put("rationale", "A test");
        signal.setAll((ObjectNode) parsed(fields));
        return call("POST", "/v1/signals", signal.toString());
    }

    /** Reports the outcome of one of its own signals. */
    void resolve(String signal, String status) {
        request("POST", "/v1/signals/" + signal + "/resolve", "{\"status\":\"" + status + "\"}");
    }

    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + json, e);
        }
    }

    /** A request that must succeed. */
    JsonNode request(String method, String path, String body) {
        Response response = call(method, path, body);
        if (response.status() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + response);
        }
        return response.json();
    }

    Response call(String method, String path, String body, String... headers) {
        return callAt(SharedSuite.endpoints().get("GATEWAY_URL"), method, path, body, headers);
    }

    /** A request to an address that stands for the gateway's, such as a proxy's. */
    Response callAt(String base, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Response(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError("The gateway does not response", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
