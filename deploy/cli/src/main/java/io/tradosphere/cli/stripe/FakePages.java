package io.tradosphere.cli.stripe;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client of a suite's fake of Stripe: what people do on its pages, its control calls, and its API. */
public final class FakePages {

    /** A test card that pays. */
    public static final String GOOD_CARD = "4242424242424242";

    private static final Pattern ONBOARDING_FORM = Pattern.compile("action=\"(/setup/e/[^\"]+/finish)\"");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;

    /** @param url the fake's address */
    public FakePages(String url) {
        this.url = url;
    }

    /** Pays on the page of a checkout. */
    public void pay(String checkoutUrl) {
        submit(checkoutUrl + "/pay", Map.of("card", GOOD_CARD, "email", "payer@example.com"), 303);
    }

    /** Fills in the onboarding page of an account link. */
    public void finishOnboarding(String linkUrl) {
        Matcher form = ONBOARDING_FORM.matcher(
                send(HttpRequest.newBuilder(URI.create(linkUrl)).GET(), 200));
        if (!form.find()) {
            throw new StackException("No form to finish the onboarding at " + linkUrl);
        }
        submit(url + form.group(1), Map.of("return_url", "http://localhost:3000/"), 303);
    }

    /**
     * Sends a form of a page.
     *
     * @throws StackException when the response has another status; one line
     */
    public void submit(String page, Map<String, String> fields, int expected) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        send(
                HttpRequest.newBuilder(URI.create(page))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)),
                expected);
    }

    /**
     * A control call.
     *
     * @param call such as {@code clock}
     * @throws StackException when it is refused; one line
     */
    public JsonNode control(String call, Map<String, ?> body) {
        try {
            return JSON.readTree(send(
                    HttpRequest.newBuilder(URI.create(url + "/_fake/" + call))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
                    200));
        } catch (JsonProcessingException noJson) {
            throw new StackException("Not JSON: " + call, noJson);
        }
    }

    /**
     * Reads from Stripe's API, with the platform's account.
     *
     * @param path such as {@code /v1/balance}
     * @throws StackException when it is refused; one line
     */
    public JsonNode get(String path) {
        try {
            return JSON.readTree(send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .header("Authorization", "Bearer sk_test_any")
                            .GET(),
                    200));
        } catch (JsonProcessingException noJson) {
            throw new StackException("Not JSON: " + path, noJson);
        }
    }

    private static String send(HttpRequest.Builder builder, int expected) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(60)).build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != expected) {
                throw new StackException(
                        request.uri() + " responds with " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new StackException("The fake of Stripe does not respond: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
