package io.tradosphere.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.gateway.route.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeTest {

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
    void components_that_differ_are_prefixed_and_referred_to_by_their_new_names() {
        // When
        JsonObject merged = merge(
                document("/v1/profiles", "Page").mergeIn(schemas("Page", new JsonObject().put("type", "object"))),
                document("/v1/clans", "Page").mergeIn(schemas("Page", new JsonObject().put("type", "array"))));
        // Then
        assertThat(schemaNames(merged)).containsExactlyInAnyOrder("ProfilePage", "SocialPage");
        assertThat(reference(merged, "/v1/profiles")).isEqualTo(SCHEMAS + "ProfilePage");
        assertThat(reference(merged, "/v1/clans")).isEqualTo(SCHEMAS + "SocialPage");
    }

    @Test
    void components_with_the_same_text_differ_when_what_they_refer_to_does() {
        // Given
        JsonObject page = new JsonObject().put("items", new JsonObject().put("$ref", SCHEMAS + "Item"));
        JsonObject one = schemas("Page", page);
        JsonObject other = schemas("Page", page);
        one.getJsonObject("components").getJsonObject("schemas").put("Item", new JsonObject().put("type", "string"));
        other.getJsonObject("components").getJsonObject("schemas").put("Item", new JsonObject().put("type", "integer"));
        // When
        JsonObject merged = merge(
                document("/v1/profiles", "Page").mergeIn(one),
                document("/v1/clans", "Page").mergeIn(other));
        // Then
        assertThat(schemaNames(merged))
                .containsExactlyInAnyOrder("ProfilePage", "ProfileItem", "SocialPage", "SocialItem");
        assertThat(at(merged, "/components/schemas/SocialPage/items/$ref")).isEqualTo(SCHEMAS + "SocialItem");
    }

    @Test
    void a_new_name_that_is_taken_is_not_used() {
        // Given
        JsonObject one =
                document("/v1/profiles", "Page").mergeIn(schemas("Page", new JsonObject().put("type", "object")));
        JsonObject other = document("/v1/clans", "Page")
                .mergeIn(schemas("Page", new JsonObject().put("$ref", SCHEMAS + "ProfilePage")));
        other.getJsonObject("components")
                .getJsonObject("schemas")
                .put("ProfilePage", new JsonObject().put("type", "boolean"));
        // When
        JsonObject merged = merge(one, other);
        // Then
        assertThat(schemaNames(merged)).containsExactlyInAnyOrder("ProfilePage", "ProfilePage_", "SocialPage");
        assertThat(reference(merged, "/v1/profiles")).isEqualTo(SCHEMAS + "ProfilePage_");
        assertThat(at(merged, "/components/schemas/SocialPage/$ref")).isEqualTo(SCHEMAS + "ProfilePage");
    }

    @Test
    void discriminators_and_deep_references_follow_a_renaming() {
        // Given
        JsonObject clan = new JsonObject()
                .put("mapping", new JsonObject().put("a", SCHEMAS + "Page"))
                .put("deep", new JsonObject().put("$ref", SCHEMAS + "Page/properties/x"));
        JsonObject other = schemas("Clan", clan);
        other.getJsonObject("components").getJsonObject("schemas").put("Page", new JsonObject().put("type", "array"));
        // When
        JsonObject merged = merge(
                document("/v1/profiles", "Page").mergeIn(schemas("Page", new JsonObject().put("type", "object"))),
                document("/v1/clans", "Clan").mergeIn(other));
        // Then
        assertThat(at(merged, "/components/schemas/Clan/mapping/a")).isEqualTo(SCHEMAS + "SocialPage");
        assertThat(at(merged, "/components/schemas/Clan/deep/$ref")).isEqualTo(SCHEMAS + "SocialPage/properties/x");
    }

    @Test
    void what_only_internal_or_foreign_paths_need_is_left_out() {
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
        one.put("components", scheme("http"));
        JsonObject other = document("/v1/clans", "X");
        other.put("components", scheme("openIdConnect"));
        // When
        JsonObject merged = merge(one, other);
        // Then
        assertThat(at(merged, "/paths/~1v1~1profiles/get/security/0/ProfileOidc"))
                .as("the clashing scheme has got a new name")
                .isNull();
        assertThat(at(merged, "/paths/~1v1~1profiles/get/security/0/Profileoidc"))
                .isEqualTo(new JsonArray());
        assertThat(at(merged, "/paths/~1v1~1clans/get/security")).isNull();
        assertThat(merged.getValue("security")).isNull();
    }

    @Test
    void operation_ids_are_unique_and_tags_appear_once() {
        // Given
        JsonArray tags = new JsonArray().add(new JsonObject().put("name", "people"));
        // When
        JsonObject merged = merge(
                document("/v1/profiles", "X").put("tags", tags),
                document("/v1/clans", "X").put("tags", tags));
        // Then
        assertThat(at(merged, "/paths/~1v1~1profiles/get/operationId")).isEqualTo("list");
        assertThat(at(merged, "/paths/~1v1~1clans/get/operationId")).isEqualTo("social_list");
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
        Map<Service, Map<String, Object>> documents = new EnumMap<>(Service.class);
        documents.put(Service.PROFILE, new JsonObject(profile.encode()).getMap());
        documents.put(Service.SOCIAL, new JsonObject(social.encode()).getMap());
        return new JsonObject(new JsonObject(Merge.of(documents)).encode());
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

    private static JsonObject scheme(String type) {
        return new JsonObject()
                .put("securitySchemes", new JsonObject().put("oidc", new JsonObject().put("type", type)));
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
