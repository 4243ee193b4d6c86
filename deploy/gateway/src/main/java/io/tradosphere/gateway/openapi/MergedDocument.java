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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The OpenAPI document of the whole suite. The services are asked on demand, at most every so often; one that is
 * down stays in the document as it was last seen.
 */
@Singleton
public class MergedDocument {

    private static final Logger LOG = Logger.getLogger(MergedDocument.class);
    private static final String SOURCE = "/q/openapi?format=json";

    private final Vertx vertx;
    private final Upstreams upstreams;
    private final GatewayConfig.OpenApiConfig config;
    private final String version;

    private final Map<Service, Buffer> lastSeen = new EnumMap<>(Service.class);
    private Edition edition;
    private Future<Edition> refreshing;
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
     * One state of the document.
     *
     * @param content everything but {@code openapi}, {@code info} and {@code servers}
     * @param missing the services whose documents were never seen
     */
    private record Edition(Map<String, Object> content, List<String> missing) {}

    /**
     * The document as sent to clients.
     *
     * @param json the document
     * @param missing the services that are absent from it since they were never reached
     */
    public record Rendering(Buffer json, List<String> missing) {}

    /**
     * The present document.
     *
     * @param base where clients reach the gateway
     * @return never fails because of a service
     */
    public Future<Rendering> at(String base) {
        return current().compose(found -> vertx.executeBlocking(() -> render(found, base), false));
    }

    private synchronized Future<Edition> current() {
        if (edition != null
                && System.nanoTime() - refreshedAt < config.refresh().toNanos()) {
            return Future.succeededFuture(edition);
        }
        if (refreshing == null) {
            Future<Edition> refresh = refresh();
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

    private Future<Edition> refresh() {
        List<Future<Void>> requests =
                Arrays.stream(Service.values()).map(this::look).toList();
        return Future.join(requests).compose(seen -> vertx.executeBlocking(this::merge, false));
    }

    private Future<Void> look(Service service) {
        return upstreams
                .get(service, SOURCE, config.timeout())
                .onSuccess(document -> {
                    synchronized (this) {
                        lastSeen.put(service, document);
                    }
                })
                .recover(failure -> {
                    LOG.debugf("No OpenAPI document of %s: %s", service.id(), failure.getMessage());
                    return Future.succeededFuture();
                })
                .mapEmpty();
    }

    private synchronized Edition merge() {
        Map<Service, Map<String, Object>> documents = new EnumMap<>(Service.class);
        List<String> missing = new ArrayList<>();
        for (Service service : Service.values()) {
            Map<String, Object> document = parse(service);
            if (document == null) {
                missing.add(service.id());
            } else {
                documents.put(service, document);
            }
        }
        edition = new Edition(Merge.of(documents), missing);
        refreshedAt = System.nanoTime();
        return edition;
    }

    private Map<String, Object> parse(Service service) {
        Buffer document = lastSeen.get(service);
        try {
            return document == null ? null : new JsonObject(document).getMap();
        } catch (DecodeException malformed) {
            LOG.warnf("%s%s is not JSON: %s", service.id(), SOURCE, malformed.getMessage());
            return null;
        }
    }

    private Rendering render(Edition found, String base) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "TradoSphere");
        info.put("version", version);
        info.put("license", Map.of("name", "Apache License 2.0", "identifier", "Apache-2.0"));
        document.put("info", info);
        document.put("servers", List.of(Map.of("url", base)));
        document.putAll(found.content());
        if (!found.missing().isEmpty()) {
            document.put("x-missing-services", found.missing());
        }
        return new Rendering(new JsonObject(document).toBuffer(), found.missing());
    }
}
