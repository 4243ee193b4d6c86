package io.tradosphere.gateway.docs;

import io.tradosphere.gateway.http.Responses;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The API reference: Swagger UI, from its jar. */
@Singleton
class ApiReference {

    private static final String LIBRARY = "META-INF/resources/webjars/swagger-ui/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private final Vertx vertx;
    private final Buffer page = Resources.read("docs/reference.html");
    private final Map<String, Asset> assets;

    /** A static file of the API reference. */
    private record Asset(String resource, String mediaType) {}

    ApiReference(Vertx vertx) {
        this.vertx = vertx;
        String library = LIBRARY + libraryVersion() + "/";
        this.assets = Map.of(
                "swagger-ui.css", new Asset(library + "swagger-ui.css", STYLE),
                "swagger-ui-bundle.js", new Asset(library + "swagger-ui-bundle.js", SCRIPT),
                "favicon-32x32.png", new Asset(library + "favicon-32x32.png", "image/png"),
                "reference.js", new Asset("docs/reference.js", SCRIPT),
                "docs.css", new Asset("docs/docs.css", STYLE));
    }

    private static String libraryVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Resources.read("META-INF/maven/org.webjars/swagger-ui/pom.properties")
                    .toString()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return properties.getProperty("version");
    }

    void serve(HttpServerRequest request) {
        Html.send(request, page);
    }

    /** The page of a file name; null when there is none. */
    Pages.Page asset(String name) {
        Asset asset = assets.get(name);
        return asset == null ? null : request -> serve(request, asset);
    }

    /** Read for each request, off the event loop. Browsers cache the files, so the gateway need not. */
    private void serve(HttpServerRequest request, Asset asset) {
        vertx.executeBlocking(() -> Resources.read(asset.resource()), false)
                .onSuccess(content -> {
                    request.response().putHeader("Cache-Control", "public, max-age=3600");
                    Responses.send(request, asset.mediaType(), content);
                })
                .onFailure(Pages.failing(request));
    }
}
