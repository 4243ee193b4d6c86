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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A client of the services' reconciliations, on their management ports. */
public final class Reconciliations {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /** Stripe is asked for every object, at its pace. Whatever else a service waits for ends in minutes. */
    private static final Duration RUN_TIMEOUT = Duration.ofHours(6);

    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Endpoints endpoints;

    /** The reconciliations of a running suite. */
    public Reconciliations(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** All reconciliations, in the order in which they must run. */
    public List<Reconciliation> all() {
        List<Reconciliation> all = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            for (JsonNode one : send(slice, "reconciliations", null).path("reconciliations")) {
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
     * @throws StackException when the service cannot complete it; one line
     */
    public Outcome run(Reconciliation reconciliation, boolean repair) {
        JsonNode outcome =
                send(reconciliation.slice(), "runs", Map.of("name", reconciliation.name(), "repair", repair));
        return JSON.convertValue(outcome, Outcome.class);
    }

    private JsonNode send(Slice slice, String path, Map<String, Object> body) {
        URI url =
                URI.create(endpoints.get(slice.variable() + "_MANAGEMENT_URL") + "/internal/reconciliation/v1/" + path);
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .timeout(body == null ? LIST_TIMEOUT : RUN_TIMEOUT)
                    .header("Authorization", "Bearer " + endpoints.get("TRADOSPHERE_INTERNAL_TOKEN"));
            if (body != null) {
                request.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            }
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new StackException(slice.service() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new StackException(slice.service() + " sends no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new StackException(
                    slice.service() + " does not respond; see ./tradosphere status: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted", e);
        }
    }
}
