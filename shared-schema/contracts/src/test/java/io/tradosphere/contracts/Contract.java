package io.tradosphere.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contract's files as they lie in this module, for the tests that hold them against the code. */
final class Contract {
    static final Path ASYNCAPI_CHECK = Path.of("asyncapi-check");
    static final Path ASYNCAPI = Path.of("src/main/resources/asyncapi.yaml");
    static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    static final Path RELEASED = SCHEMAS.resolve("released");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<EventType, Schema> SCHEMA_OF_TYPE = new ConcurrentHashMap<>();

    private Contract() {}

    static JsonNode schema(EventType type) {
        return read(Path.of("src/main/resources", type.schemaResource()));
    }

    static Path goldenSamples(int version) {
        return GOLDEN.resolve("v" + version);
    }

    static ObjectNode goldenSample(EventType type) {
        return (ObjectNode) read(goldenSamples(type.version()).resolve(type.typeName() + ".json"));
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the type's schema has against {@code json}; empty when it is valid. */
    static List<String> violations(EventType type, JsonNode json) {
        return violations(SCHEMA_OF_TYPE.computeIfAbsent(type, any -> REGISTRY.getSchema(schema(any))), json);
    }

    static List<String> violations(Schema schema, JsonNode json) {
        return schema
                .validate(
                        json.toString(),
                        InputFormat.JSON,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .collect(Collectors.toList());
    }

    /** The names of the JSON files in a folder, folders within it left out. */
    static Set<String> jsonFilesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
