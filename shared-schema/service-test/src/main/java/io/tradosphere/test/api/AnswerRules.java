package io.tradosphere.test.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.test.api.RawHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What every answer must be, whatever was asked. */
final class AnswerRules {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEMS = "https://tradosphere.io/problems/";

    /** What a problem must never carry: class names, stack traces, SQL. */
    private static final Pattern INSIDES = Pattern.compile(
            "(?i)\\b(java|javax|jakarta|io\\.(vertx|quarkus|smallrye|netty|tradosphere)|org\\.(jboss|postgresql)|com\\.fasterxml)\\.[a-z]"
                    + "|Exception\\b|\\bat [a-z.]+\\(|SQLSTATE|\\bINSERT INTO\\b|\\bSELECT .* FROM\\b|constraint \"|relation \"");

    private AnswerRules() {}

    /** What is wrong with the answer; empty when nothing is. */
    static Optional<String> broken(RawRequest request, Answer answer) {
        if (answer.status() == 0) {
            return Optional.of("no answer: " + answer.text());
        }
        if (answer.status() >= 500) {
            return Optional.of(answer.status() + " " + answer.text());
        }
        if (answer.status() < 400 || request.method().equals("HEAD")) {
            return Optional.empty();
        }
        if (answer.status() == 400 && answer.body().length == 0 && !isUri(request.target())) {
            // Quarkus itself turns away a request line without a URI, before any of our code; the gateway lets none
            // through.
            return Optional.empty();
        }
        return brokenProblem(answer).map(broken -> answer.status() + " " + broken);
    }

    private static boolean isUri(String target) {
        try {
            return new URI(target).getRawPath() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static Optional<String> brokenProblem(Answer answer) {
        if (!answer.header("content-type").startsWith("application/problem+json")) {
            return Optional.of("is no problem but '" + answer.header("content-type") + "': " + answer.text());
        }
        JsonNode problem;
        try {
            problem = JSON.readTree(answer.body());
        } catch (JsonProcessingException malformed) {
            return Optional.of("cannot be read: " + answer.text());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (!problem.path("type").asText().startsWith(PROBLEMS)
                || problem.path("title").asText().isBlank()
                || problem.path("detail").asText().isBlank()
                || problem.path("instance").asText().isBlank()
                || problem.path("status").asInt() != answer.status()) {
            return Optional.of("lacks something: " + answer.text());
        }
        if (INSIDES.matcher(problem.path("detail").asText() + problem.path("violations"))
                .find()) {
            return Optional.of("tells of our insides: " + answer.text());
        }
        if (answer.status() == 401 && answer.header("www-authenticate").isEmpty()) {
            return Optional.of("lacks WWW-Authenticate");
        }
        return Optional.empty();
    }
}
