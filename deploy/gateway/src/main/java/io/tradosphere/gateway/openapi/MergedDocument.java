package io.tradosphere.gateway.openapi;

import io.tradosphere.gateway.GatewayConfig;
import io.tradosphere.gateway.proxy.Upstreams;
import io.tradosphere.gateway.route.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A cache of the suite's merged OpenAPI document. It fetches the services' documents on demand, with a minimum
 * interval. The document of an unavailable service stays as it was last fetched.
 */
@Singleton
public class MergedDocument {

    private static final Logger LOG = Logger.getLogger(MergedDocument.class);
    private static final String SOURCE = "/q/openapi?format=json";

    private final Vertx vertx;
    private final Upstreams upstreams;
    private final GatewayConfig.OpenApiConfig config;
    private final String version;

    private final Map<Service, Buffer> lastFetched = new LinkedHashMap<>();
    private Version current;
    private Future<Version> refreshing;
    private long refreshedAt;

    MergedDocument(
            Vertx vertx,
            Upstreams upstreams,
            GatewayConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.vertx = vertx;
        this.upstreams = upstreams;
        this.config = config.openapi();
        this.version = version;
    }

    /**
     * One version of the merged document.
     *
     * @param content everything but {@code openapi}, {@code info} and {@code servers}
     * @param missing the services whose documents were never fetched
     */
    private record Version(Map<String, Object> content, List<String> missing) {}

    /**
     * The document as sent to clients.
     *
     * @param json the document
     * @param missing the services that were never reached, so their parts are absent
     */
    public record Rendering(Buffer json, List<String> missing) {}

    /**
     * The current document.
     *
     * @param base the gateway's URL for clients
     * @return a result that never fails because of a service
     */
    public Future<Rendering> at(String base) {
        return currentVersion().compose(found -> vertx.executeBlocking(() -> render(found, base), false));
    }

    private synchronized Future<Version> currentVersion() {
        if (current != null
                && System.nanoTime() - refreshedAt < config.refresh().toNanos()) {
            return Future.succeededFuture(current);
        }
        if (refreshing == null) {
            Future<Version> refresh = refresh();
            refreshing = refresh;
            refresh.onComplete(done -> {
                synchronized (this) {
                    refreshing = null;
                }
            });
            return refresh;
        }
        return refreshing;
    }

    private Future<Version> refresh() {
        List<Future<Void>> requests = Service.all().stream().map(this::fetch).toList();
        return Future.join(requests).compose(seen -> vertx.executeBlocking(this::merge, false));
    }

    private Future<Void> fetch(Service service) {
        return upstreams
                .get(service, SOURCE, config.timeout())
                .onSuccess(document -> {
                    synchronized (this) {
                        lastFetched.put(service, document);
                    }
                })
                .recover(failure -> {
                    LOG.debugf("No OpenAPI document of %s: %s", service.id(), failure.getMessage());
                    return Future.succeededFuture();
                })
                .mapEmpty();
    }

    private synchronized Version merge() {
        Map<Service, Map<String, Object>> documents = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        for (Service service : Service.all()) {
            Map<String, Object> document = parse(service);
            if (document == null) {
                missing.add(service.id());
            } else {
                documents.put(service, document);
            }
        }
        current = new Version(OpenApiMerge.of(documents), missing);
        refreshedAt = System.nanoTime();
        return current;
    }

    private Map<String, Object> parse(Service service) {
        Buffer document = lastFetched.get(service);
        try {
            return document == null ? null : new JsonObject(document).getMap();
        } catch (DecodeException malformed) {
            LOG.warnf("%s%s is not JSON: %s", service.id(), SOURCE, malformed.getMessage());
            return null;
        }
    }

    private Rendering render(Version found, String base) {
        Map<String, Object> document = whole(found.content(), version, base);
        if (!found.missing().isEmpty()) {
            document.put("x-missing-services", found.missing());
        }
        return new Rendering(new JsonObject(document).toBuffer(), found.missing());
    }

    /**
     * A whole document.
     *
     * @param content the merged documents of the services
     * @param base the gateway's URL for clients
     */
    static Map<String, Object> whole(Map<String, Object> content, String version, String base) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "TradoSphere");
        info.put("version", version);
        info.put(
                "description",
                "The HTTP API of TradoSphere. Errors are problem details (RFC 9457), see docs/problems.md. Every request may name itself by X-Request-Id.");
        info.put("contact", object("name", "TradoSphere", "url", "https://tradosphere.io"));
        info.put(
                "license",
                object("name", "Apache License 2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0.txt"));
        document.put("info", info);
        document.put("servers", List.of(object("url", base, "description", "The gateway of this installation")));
        document.putAll(content);
        return document;
    }

    /** Two entries in this order, so that the document is always written the same. */
    private static Map<String, Object> object(String key, String value, String nextKey, String nextValue) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(key, value);
        object.put(nextKey, nextValue);
        return object;
    }
}
