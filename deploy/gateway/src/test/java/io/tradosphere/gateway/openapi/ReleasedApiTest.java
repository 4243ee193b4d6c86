package io.tradosphere.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tradosphere.gateway.route.Service;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleasedApiTest {

    private static final Path RELEASED = Path.of("../../docs/api/released");
    private static final Path MERGED = RELEASED.resolve("openapi.json");

    @Test
    void the_released_document_of_the_gateway_is_that_of_the_services() throws IOException {
        // when
        JsonObject merged =
                new JsonObject(MergedDocument.whole(OpenApiMerge.of(released()), "0.1.0", "http://localhost:8080"));
        String text = merged.encodePrettily() + "\n";

        // then, unless a release writes it: see docs/api-guide.md, "Released documents"
        if (Boolean.getBoolean("tradosphere.api.release")) {
            Files.writeString(MERGED, text);
        }
        assertThat(Files.readString(MERGED))
                .as("the same text, keys in the same order")
                .isEqualTo(text);
    }

    @Test
    void a_name_means_the_same_in_the_documents_of_all_services() throws IOException {
        // given the parts that the merge puts together
        Map<Object, Set<Object>> meanings = new LinkedHashMap<>();
        released().forEach((service, document) -> {
            PublicPart part = PublicPart.of(service, document);
            part.components().forEach((component, definition) -> add(meanings, component, definition));
            part.tags().forEach((name, tag) -> add(meanings, "tag " + name, tag));
            part.paths()
                    .forEach((path, item) -> ((Map<?, ?>) item).forEach((method, operation) -> {
                        if (operation instanceof Map<?, ?> map && map.get("operationId") != null) {
                            add(meanings, "operationId " + map.get("operationId"), method + " " + path);
                        }
                    }));
        });

        // then
        assertThat(meanings).allSatisfy((name, found) -> assertThat(found).hasSize(1));
    }

    private static void add(Map<Object, Set<Object>> meanings, Object name, Object meaning) {
        meanings.computeIfAbsent(name, none -> new HashSet<>()).add(meaning);
    }

    private static Map<Service, Map<String, Object>> released() throws IOException {
        Map<Service, Map<String, Object>> documents = new LinkedHashMap<>();
        for (Service service : Service.all()) {
            documents.put(
                    service, read(RELEASED.resolve(service.id() + ".json")).getMap());
        }
        return documents;
    }

    private static JsonObject read(Path file) throws IOException {
        return new JsonObject(Files.readString(file));
    }
}
