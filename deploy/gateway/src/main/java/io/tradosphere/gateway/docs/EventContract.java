package io.tradosphere.gateway.docs;

import io.tradosphere.gateway.http.Answers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** The AsyncAPI document and the JSON Schemas, from the contracts jar. */
@Singleton
class EventContract {

    private static final String SCHEMA_FOLDER = "schemas/";
    private static final Pattern SCHEMA = Pattern.compile("schemas/[A-Za-z0-9._-]+\\.json");

    private final Vertx vertx;
    private final Buffer document = Resources.read("asyncapi.yaml");
    private final Buffer page;

    EventContract(Vertx vertx) {
        this.vertx = vertx;
        String text = Html.escape(document.toString());
        String linked = SCHEMA.matcher(text)
                .replaceAll(schema -> "<a href=\"/" + schema.group() + "\">" + schema.group() + "</a>");
        this.page = Html.page(
                "Events",
                "<p>This is <a href=\"/asyncapi.yaml\">asyncapi.yaml</a>, with links to the schemas.</p>\n<pre>"
                        + linked + "</pre>");
    }

    void servePage(HttpServerRequest request) {
        Html.send(request, page);
    }

    void serveDocument(HttpServerRequest request) {
        Answers.send(request, "application/yaml", document);
    }

    /** The page of a schema's file name; whether it exists is found out when it is asked for. */
    Pages.Page schema(String name) {
        if (!Resources.isFileName(name) || !name.endsWith(".json")) {
            return null;
        }
        return request -> vertx.executeBlocking(() -> Resources.find(SCHEMA_FOLDER + name), false)
                .onSuccess(schema -> {
                    if (schema == null) {
                        Pages.refuseUnknown(request);
                    } else {
                        Answers.send(request, "application/schema+json", schema);
                    }
                })
                .onFailure(Pages.failing(request));
    }
}
