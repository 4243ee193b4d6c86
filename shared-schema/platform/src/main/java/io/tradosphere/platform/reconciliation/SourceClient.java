package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/** A client of other services' sources, on their management ports. */
@ApplicationScoped
public class SourceClient {

    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    private final WebClient client;
    private final InternalToken token;
    private final Config config;

    SourceClient(Vertx vertx, InternalToken token, Config config) {
        this.client = WebClient.create(vertx, new WebClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
        this.token = token;
        this.config = config;
    }

    /**
     * Rows of a source.
     *
     * @param sequence the last number of the source's outbox sequence, after the rows were read
     */
    record SourceRows(long sequence, List<KeyedRow> rows) {}

    /** Locked rows of a source. */
    record HeldRows(UUID id, SourceRows rows) {}

    Uni<RowSets.Digests> digests(String slice, String dataset) {
        return post(slice, dataset, "digests", new JsonObject()).map(json -> {
            Map<String, String> ranges = new HashMap<>();
            json.getJsonObject("ranges").forEach(range -> ranges.put(range.getKey(), (String) range.getValue()));
            return new RowSets.Digests(json.getLong("sequence"), json.getLong("rows"), ranges);
        });
    }

    Uni<SourceRows> rowsOfRanges(String slice, String dataset, List<String> ranges) {
        return post(slice, dataset, "rows", new JsonObject().put("ranges", new JsonArray(ranges)))
                .map(SourceClient::rows);
    }

    Uni<SourceRows> rowsOfKeys(String slice, String dataset, List<String> keys) {
        return post(slice, dataset, "rows", keys(keys)).map(SourceClient::rows);
    }

    /**
     * The states of these keys, as JSON objects. Keys without a row are left out.
     *
     * @param slice the slice that owns them
     */
    public Uni<Map<String, JsonObject>> states(String slice, String dataset, List<String> keys) {
        return rowsOfKeys(slice, dataset, keys).map(found -> {
            Map<String, JsonObject> states = new HashMap<>();
            found.rows().forEach(row -> states.put(row.key(), new JsonObject(row.state())));
            return states;
        });
    }

    /** Waits until the events of that source are published. */
    Uni<Void> awaitPublished(String slice, String dataset) {
        return post(slice, dataset, "published", new JsonObject()).replaceWithVoid();
    }

    /** Makes the source publish the present state of these keys again. */
    public Uni<Void> republish(String slice, String dataset, List<String> keys) {
        return post(slice, dataset, "republications", keys(keys)).replaceWithVoid();
    }

    Uni<HeldRows> hold(String slice, String dataset, List<String> keys) {
        return post(slice, dataset, "holds", keys(keys))
                .map(json -> new HeldRows(UUID.fromString(json.getString("id")), rows(json)));
    }

    Uni<Void> release(String slice, HeldRows held) {
        return post(slice, "holds/" + held.id() + "/release", new JsonObject()).replaceWithVoid();
    }

    private Uni<JsonObject> post(String slice, String dataset, String operation, JsonObject body) {
        return post(slice, "sources/" + dataset + "/" + operation, body);
    }

    private Uni<JsonObject> post(String slice, String path, JsonObject body) {
        String url = config.getOptionalValue("tradosphere.management.url." + slice, String.class)
                .orElseThrow(() -> new ReconciliationException("Set " + slice.toUpperCase(Locale.ROOT)
                        + "_MANAGEMENT_URL: the URL of " + slice + "-service's management port."));
        return client.postAbs(url + ReconciliationServer.ROOT + path)
                .putHeader("Authorization", token.header())
                .timeout(TIMEOUT.toMillis())
                .sendBuffer(Buffer.newInstance(body.toBuffer()))
                .onFailure()
                .transform(failure -> new ReconciliationException(
                        slice + "-service does not respond at " + url + ": " + failure.getMessage()))
                .map(response -> json(slice, response));
    }

    private static JsonObject json(String slice, HttpResponse<Buffer> response) {
        if (response.statusCode() / 100 != 2) {
            throw new ReconciliationException(
                    slice + "-service: " + response.statusCode() + " " + response.bodyAsString());
        }
        return response.body() == null || response.body().length() == 0
                ? new JsonObject()
                : response.bodyAsJsonObject();
    }

    private static JsonObject keys(List<String> keys) {
        return new JsonObject().put("keys", new JsonArray(keys));
    }

    private static SourceRows rows(JsonObject json) {
        return new SourceRows(
                json.getLong("sequence"),
                json.getJsonArray("rows").stream()
                        .map(JsonArray.class::cast)
                        .map(row -> new KeyedRow(row.getString(0), row.getString(1), row.getString(2)))
                        .toList());
    }
}
