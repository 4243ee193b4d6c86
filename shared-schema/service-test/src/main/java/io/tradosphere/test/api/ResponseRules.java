package io.tradosphere.test.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.test.api.RawHttp.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules for every response, whatever the request. */
final class ResponseRules {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEMS = "https://tradosphere.io/problems/";

    /** What a problem must never contain: class names, stack traces, SQL. */
    private static final Pattern INTERNALS = Pattern.compile(
            "(?i)\\b(java|javax|jakarta|io\\.(vertx|quarkus|smallrye|netty|tradosphere)|org\\.(jboss|postgresql)|com\\.fasterxml)\\.[a-z]"
                    + "|Exception\\b|\\bat [a-z.]+\\(|SQLSTATE|\\bINSERT INTO\\b|\\bSELECT .* FROM\\b|constraint \"|relation \"");

    private ResponseRules() {}

    /** The violation of a rule; empty when there is none. */
    static Optional<String> violation(RawRequest request, Response response) {
        if (response.status() == 0) {
            return Optional.of("no response: " + response.text());
        }
        if (response.status() >= 500) {
            return Optional.of(response.status() + " " + response.text());
        }
        for (String header : List.of("x-request-id", "cache-control", "vary")) {
            if (response.header(header).isEmpty() && !isRefusedUri(request, response)) {
                return Optional.of(response.status() + " lacks " + header);
            }
        }
        if (response.status() < 400 || request.method().equals("HEAD")) {
            return Optional.empty();
        }
        if (isRefusedUri(request, response)) {
            // Quarkus itself refuses a request line without a URI, before any of our code; the gateway lets none
            // through.
            return Optional.empty();
        }
        return problemViolation(request, response).map(violation -> response.status() + " " + violation);
    }

    private static boolean isRefusedUri(RawRequest request, Response response) {
        return response.status() == 400 && response.body().length == 0 && !isUri(request.target());
    }

    private static boolean isUri(String target) {
        try {
            return new URI(target).getRawPath() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static Optional<String> problemViolation(RawRequest request, Response response) {
        if (!response.header("content-type").startsWith("application/problem+json")) {
            return Optional.of("is no problem but '" + response.header("content-type") + "': " + response.text());
        }
        JsonNode problem;
        try {
            problem = JSON.readTree(response.body());
        } catch (JsonProcessingException malformed) {
            return Optional.of("cannot be read: " + response.text());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (!problem.path("type").asText().startsWith(PROBLEMS)
                || problem.path("title").asText().isBlank()
                || problem.path("detail").asText().isBlank()
                || problem.path("instance").asText().isBlank()
                || problem.path("requestId").asText().isBlank()
                || problem.path("status").asInt() != response.status()) {
            return Optional.of("lacks a member: " + response.text());
        }
        if (INTERNALS
                .matcher(problem.path("detail").asText() + problem.path("violations"))
                .find()) {
            return Optional.of("exposes internals: " + response.text());
        }
        if (response.status() == 401 && response.header("www-authenticate").isEmpty()) {
            return Optional.of("lacks WWW-Authenticate");
        }
        if (response.status() == 401
                && request.headers().containsKey("Authorization")
                && response.header("www-authenticate").startsWith("Bearer")
                && !response.header("www-authenticate").contains("error=\"invalid_token\"")) {
            return Optional.of("lacks error=\"invalid_token\"");
        }
        if (response.status() == 415 && response.header("accept").isEmpty()) {
            return Optional.of("lacks Accept");
        }
        if (response.status() == 405 && response.header("allow").isEmpty()) {
            return Optional.of("lacks Allow");
        }
        return Optional.empty();
    }
}
