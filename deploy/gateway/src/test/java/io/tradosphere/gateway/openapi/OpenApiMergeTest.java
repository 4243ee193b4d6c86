package io.tradosphere.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.gateway.route.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiMergeTest {

    private static final String SCHEMAS = "#/components/schemas/";

    @Test
    void a_component_that_services_share_appears_once_under_its_own_name() {
        // Given
        JsonObject problem = new JsonObject().put("type", "object");
        // When
        JsonObject merged = merge(
                document("/v1/profiles", "Problem").mergeIn(schemas("Problem", problem)),
                document("/v1/clans", "Problem").mergeIn(schemas("Problem", problem)));
        // Then
        assertThat(at(merged, "/components/schemas")).isEqualTo(new JsonObject().put("Problem", problem));
        assertThat(reference(merged, "/v1/clans")).isEqualTo(SCHEMAS + "Problem");
    }

    @Test
    void components_of_internal_or_foreign_paths_are_left_out() {
        // Given
        JsonObject document =
                document("/v1/profiles", "Profile").mergeIn(schemas("Profile", new JsonObject().put("type", "object")));
        document.getJsonObject("components").getJsonObject("schemas").put("Secret", new JsonObject());
        for (String path : new String[] {"/internal/v1/profiles", "/q/health", "/v1/clans", "/v1/profilesX"}) {
            document.getJsonObject("paths").put(path, operation("Secret"));
        }
        // When
        JsonObject merged = merge(document, new JsonObject());
        // Then
        assertThat(merged.getJsonObject("paths").fieldNames()).containsExactly("/v1/profiles");
        assertThat(schemaNames(merged)).containsExactly("Profile");
    }

    @Test
    void security_stays_with_the_operations_it_was_meant_for() {
        // Given
        JsonObject one = document("/v1/profiles", "X")
                .put("security", new JsonArray().add(new JsonObject().put("oidc", new JsonArray())));
        // When
        JsonObject merged = merge(one, document("/v1/clans", "X"));
        // Then
        assertThat(at(merged, "/paths/~1v1~1profiles/get/security/0/oidc")).isEqualTo(new JsonArray());
        assertThat(at(merged, "/paths/~1v1~1clans/get/security")).isNull();
        assertThat(merged.getValue("security")).isNull();
    }

    @Test
    void tags_appear_once() {
        // Given
        JsonArray tags = new JsonArray().add(new JsonObject().put("name", "people"));
        // When
        JsonObject merged = merge(
                document("/v1/profiles", "X").put("tags", tags),
                document("/v1/clans", "X").put("tags", tags));
        // Then
        assertThat(merged.getJsonArray("tags")).hasSize(1);
    }

    @Test
    void an_example_may_hold_null() {
        // Given
        JsonObject document = document("/v1/profiles", "Page")
                .mergeIn(schemas("Page", new JsonObject().put("example", new JsonObject().putNull("nextCursor"))));
        // When
        JsonObject merged = merge(document, document("/v1/clans", "Page"));
        // Then
        assertThat(merged.encode()).contains("\"nextCursor\":null");
    }

    private static JsonObject merge(JsonObject profile, JsonObject social) {
        Map<Service, Map<String, Object>> documents = new LinkedHashMap<>();
        documents.put(Service.named("profile-service"), new JsonObject(profile.encode()).getMap());
        documents.put(Service.named("social-service"), new JsonObject(social.encode()).getMap());
        return new JsonObject(new JsonObject(OpenApiMerge.of(documents)).encode());
    }

    private static JsonObject document(String path, String schema) {
        return new JsonObject().put("paths", new JsonObject().put(path, operation(schema)));
    }

    private static JsonObject operation(String schema) {
        return new JsonObject()
                .put(
                        "get",
                        new JsonObject()
                                .put("operationId", "list")
                                .put("schema", new JsonObject().put("$ref", SCHEMAS + schema)));
    }

    private static JsonObject schemas(String name, JsonObject schema) {
        return new JsonObject().put("components", new JsonObject().put("schemas", new JsonObject().put(name, schema)));
    }

    private static Object reference(JsonObject merged, String path) {
        return at(merged, "/paths/" + path.replace("/", "~1") + "/get/schema/$ref");
    }

    private static Iterable<String> schemaNames(JsonObject merged) {
        return merged.getJsonObject("components").getJsonObject("schemas").fieldNames();
    }

    private static Object at(JsonObject document, String pointer) {
        return JsonPointer.from(pointer).queryJson(document);
    }
}
