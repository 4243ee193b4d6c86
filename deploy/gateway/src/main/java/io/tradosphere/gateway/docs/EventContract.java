package io.tradosphere.gateway.docs;

import io.tradosphere.contracts.EventType;
import io.tradosphere.gateway.http.Responses;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** The AsyncAPI document and the JSON Schemas, from the contracts jar. */
@Singleton
class EventContract {

    private static final String SCHEMA_FOLDER = "schemas/";
    private static final Pattern SCHEMA = Pattern.compile("schemas/[A-Za-z0-9._-]+\\.json");

    private final Vertx vertx;
    private final Buffer document = Resources.read("asyncapi.yaml");
    private final Buffer bundle = Resources.read("asyncapi.json");
    private final Buffer index = index();
    private final Buffer page;

    EventContract(Vertx vertx) {
        this.vertx = vertx;
        String text = Html.escape(document.toString());
        String linked = SCHEMA.matcher(text)
                .replaceAll(schema -> "<a href=\"/" + schema.group() + "\">" + schema.group() + "</a>");
        this.page = Html.page(
                "Events",
                "<p>This is <a href=\"/asyncapi.yaml\">asyncapi.yaml</a>, with links to the schemas."
                        + " As one file it is <a href=\"/asyncapi.json\">asyncapi.json</a>."
                        + " <a href=\"/schemas/\">/schemas/</a> lists the schemas.</p>\n<pre>"
                        + linked + "</pre>");
    }

    void servePage(HttpServerRequest request) {
        Html.send(request, page);
    }

    void serveDocument(HttpServerRequest request) {
        Responses.send(request, "application/yaml", document);
    }

    /** The same document with every schema in it. */
    void serveBundle(HttpServerRequest request) {
        Responses.send(request, "application/json", bundle);
    }

    /** The schema of each type of event. */
    void serveIndex(HttpServerRequest request) {
        Responses.send(request, "application/json", index);
    }

    private static Buffer index() {
        JsonArray schemas = new JsonArray();
        for (EventType type : EventType.values()) {
            String file = type.dataSchema().substring(type.dataSchema().lastIndexOf('/') + 1);
            schemas.add(new JsonObject()
                    .put("type", type.ceType())
                    .put("topic", type.topic().topicName())
                    .put("id", type.dataSchema())
                    .put("href", "/" + SCHEMA_FOLDER + file));
        }
        return new JsonObject().put("schemas", schemas).toBuffer();
    }

    /** The page of a schema's file name. Whether the schema exists is checked when the page is requested. */
    Pages.Page schema(String name) {
        if (!Resources.isFileName(name) || !name.endsWith(".json")) {
            return null;
        }
        return request -> vertx.executeBlocking(() -> Resources.find(SCHEMA_FOLDER + name), false)
                .onSuccess(schema -> {
                    if (schema == null) {
                        Pages.refuseUnknown(request);
                    } else {
                        Responses.send(request, "application/schema+json", schema);
                    }
                })
                .onFailure(Pages.failing(request));
    }
}
