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
 * Somebody who calls the API through the gateway.
 *
 * @param id the profile id
 * @param token theirs; null: nobody's
 */
record Client(UUID id, String token) {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What came back. */
    record Answer(int status, String body) {
        JsonNode json() {
            return body.isEmpty() ? MissingNode.getInstance() : parsed(body);
        }
    }

    static Client nobody() {
        return new Client(null, null);
    }

    /** Somebody without a profile. */
    static Client stranger(String... roles) {
        UUID id = UUID.randomUUID();
        return new Client(id, new Tokens(TheSuite.endpoints().get("OIDC_ISSUER")).token(id.toString(), List.of(roles)));
    }

    /** Somebody who has just made a profile. */
    static Client arrived() {
        Client client = stranger();
        client.makeProfile();
        return client;
    }

    /** Somebody who has just made a profile of this tier. */
    static Client arrived(String tier) {
        Client client = arrived();
        admin().does("PUT", "/v1/profiles/" + client.id() + "/tier", "{\"tier\":\"" + tier + "\"}");
        return client;
    }

    /** Somebody who may post signals. */
    static Client caller() {
        return arrived("grow");
    }

    static Client admin() {
        return stranger("platform-admin");
    }

    void makeProfile(String... headers) {
        String username = "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        Answer made = call("POST", "/v1/profiles", "{\"username\":\"" + username + "\"}", headers);
        if (made.status() != 201) {
            throw new AssertionError("No profile: " + made);
        }
    }

    Answer follow(Client other) {
        return call("PUT", "/v1/follows/" + other.id(), null);
    }

    Answer unfollow(Client other) {
        return call("DELETE", "/v1/follows/" + other.id(), null);
    }

    /** As anybody sees it. */
    int followerCount() {
        return nobody().call("GET", "/v1/profiles/" + id, null)
                .json()
                .at("/stats/followerCount")
                .asInt(-1);
    }

    /** A counter of the profile, as anybody sees it. */
    int stat(String name) {
        return nobody().does("GET", "/v1/profiles/" + id, null)
                .path("stats")
                .path(name)
                .asInt(-1);
    }

    /**
     * Posts a signal, without levels unless the body says otherwise; its id.
     *
     * @param fields a JSON object of those that differ from an ordinary signal's
     */
    String posts(String fields) {
        Answer answer = triesToPost(fields);
        if (answer.status() != 201) {
            throw new AssertionError("Not posted: " + answer);
        }
        return answer.json().path("id").asText();
    }

    /** Posts such a signal, or is refused. */
    Answer triesToPost(String fields) {
        ObjectNode signal = JSON.createObjectNode();
        signal.put("assetSymbol", "QUIET/USD")
                .put("assetType", "crypto")
                .put("direction", "LONG")
                .put("rationale", "A test");
        signal.setAll((ObjectNode) parsed(fields));
        return call("POST", "/v1/signals", signal.toString());
    }

    /** Says what became of a signal of their own. */
    void resolve(String signal, String status) {
        does("POST", "/v1/signals/" + signal + "/resolve", "{\"status\":\"" + status + "\"}");
    }

    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + json, e);
        }
    }

    /** A call that has to succeed. */
    JsonNode does(String method, String path, String body) {
        Answer answer = call(method, path, body);
        if (answer.status() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + answer);
        }
        return answer.json();
    }

    Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(TheSuite.endpoints().get("GATEWAY_URL") + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
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
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new AssertionError("The gateway does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
