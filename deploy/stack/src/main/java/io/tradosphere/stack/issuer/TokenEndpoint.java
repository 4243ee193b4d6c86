package io.tradosphere.stack.issuer;

import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An OAuth 2 token endpoint. */
final class TokenEndpoint {

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;

    TokenEndpoint(String url) {
        this.url = url;
    }

    /**
     * The access token that is given for this form.
     *
     * @param form names and values in turn
     * @throws StackException when none is given; one line
     */
    String accessToken(List<String> form) {
        String response = send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                http);
        Matcher token = ACCESS_TOKEN.matcher(response);
        if (!token.find()) {
            throw new StackException("The OIDC provider at " + url + " gave no token: " + response);
        }
        return token.group(1);
    }

    /** The body of the response, whatever its status. */
    private static String send(HttpRequest request, HttpClient http) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new StackException("The OIDC provider at " + request.uri() + " does not answer. Is the suite up?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while asking for a token", e);
        }
    }

    private static String encoded(List<String> pairs) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < pairs.size(); i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(pairs.get(i))
                    .append('=')
                    .append(URLEncoder.encode(pairs.get(i + 1), StandardCharsets.UTF_8));
        }
        return form.toString();
    }
}
