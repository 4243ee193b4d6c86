package io.tradosphere.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tradosphere.cli.suite.Endpoints;
import io.tradosphere.stack.Slice;
import io.tradosphere.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of the services' reconciliations, on their management ports. */
public final class Reconciliations {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /**
     * A run may take hours, since Stripe is asked for every object at its pace. But it says that it goes on. No single step of
     * one waits longer than four minutes.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Endpoints endpoints;
    private final Duration patience;
    /** Those of which a run got stuck. */
    private final Set<Slice> stuck = new HashSet<>();

    /** The reconciliations of a running suite. */
    public Reconciliations(Endpoints endpoints) {
        this(endpoints, PATIENCE);
    }

    /** @param patience how long a run may say nothing */
    public Reconciliations(Endpoints endpoints, Duration patience) {
        this.endpoints = endpoints;
        this.patience = patience;
    }

    /** All reconciliations, in the order in which they must run. */
    public List<Reconciliation> all() {
        List<Reconciliation> all = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            for (JsonNode one : list(slice).path("reconciliations")) {
                Set<String> columns = new LinkedHashSet<>();
                one.path("columns").forEach(column -> columns.add(column.asText()));
                all.add(new Reconciliation(slice, one.path("name").asText(), columns));
            }
        }
        return all;
    }

    /**
     * Runs one.
     *
     * @param repair whether drift is repaired
     * @throws StackException when the service cannot complete it, or gets stuck; one line
     */
    public Outcome run(Reconciliation reconciliation, boolean repair) {
        Slice slice = reconciliation.slice();
        if (stuck.contains(slice)) {
            // One that is frozen says nothing at all, which is known sooner.
            list(slice);
        }
        String body = JSON.createObjectNode()
                .put("name", reconciliation.name())
                .put("repair", repair)
                .toString();
        LastLine line = new LastLine();
        CompletableFuture<HttpResponse<Void>> response = http.sendAsync(
                request(slice, "runs")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.fromLineSubscriber(line));
        HttpResponse<Void> ended = explained(slice, () -> awaitEnd(reconciliation, response, line));
        JsonNode outcome = parsed(slice, ended.statusCode(), line.text());
        if (outcome.has("failure")) {
            throw new StackException(
                    slice.service() + ": " + outcome.path("failure").asText());
        }
        if (!outcome.has("drift")) {
            throw new StackException(slice.service() + " ended the run of " + reconciliation.name()
                    + " without an outcome; see ./tradosphere status.");
        }
        return JSON.convertValue(outcome, Outcome.class);
    }

    private HttpResponse<Void> awaitEnd(
            Reconciliation reconciliation, CompletableFuture<HttpResponse<Void>> response, LastLine line)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return response.get(Math.max(1, patience.minus(line.age()).toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException waited) {
                if (line.age().compareTo(patience) >= 0) {
                    response.cancel(true);
                    stuck.add(reconciliation.slice());
                    throw new StackException(
                            "%s: the run of %s has not got on for %d s; its log may say why."
                                    .formatted(
                                            reconciliation.slice().service(),
                                            reconciliation.name(),
                                            patience.toSeconds()),
                            waited);
                }
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
            }
        }
    }

    private JsonNode list(Slice slice) {
        HttpRequest request =
                request(slice, "reconciliations").timeout(LIST_TIMEOUT).build();
        HttpResponse<String> response =
                explained(slice, () -> http.send(request, HttpResponse.BodyHandlers.ofString()));
        return parsed(slice, response.statusCode(), response.body());
    }

    private HttpRequest.Builder request(Slice slice, String path) {
        return HttpRequest.newBuilder(URI.create(
                        endpoints.get(slice.variable() + "_MANAGEMENT_URL") + "/internal/reconciliation/v1/" + path))
                .header("Authorization", "Bearer " + endpoints.get("TRADOSPHERE_INTERNAL_TOKEN"));
    }

    private static JsonNode parsed(Slice slice, int status, String body) {
        if (status != 200) {
            throw new StackException(slice.service() + ": " + body);
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new StackException(slice.service() + " sends no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static <T> T explained(Slice slice, Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (IOException e) {
            throw new StackException(
                    slice.service() + " does not respond; see ./tradosphere status: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }

    /** A request and its response. */
    private interface Exchange<T> {
        T run() throws IOException, InterruptedException;
    }
}
