package io.tradosphere.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds each schema against the record that it describes, field by field. */
class SchemasTest {
    /** What means the same in 2020-12 and in the dialect that AsyncAPI's parsers read. */
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$id",
            "title",
            "description",
            "type",
            "properties",
            "required",
            "items",
            "enum",
            "pattern",
            "format");

    private static final Map<Class<?>, String> TYPES = Map.of(
            String.class, "string",
            UUID.class, "string",
            Instant.class, "string",
            BigDecimal.class, "string",
            YearMonth.class, "string",
            long.class, "integer",
            Long.class, "integer",
            int.class, "integer",
            Integer.class, "integer",
            boolean.class, "boolean");

    private static final Map<Class<?>, String> FORMATS = Map.of(
            UUID.class, "uuid",
            Instant.class, "date-time",
            long.class, "int64",
            Long.class, "int64",
            int.class, "int32",
            Integer.class, "int32");

    private static final Set<String> OF_A_PERSON =
            Set.of("username", "displayName", "avatarUrl", "bannerUrl", "bio", "tradingStyle", "myStory", "myWhy");

    @Test
    void every_type_has_a_schema_and_every_schema_a_type() {
        assertThat(Contract.jsonFilesIn(Contract.SCHEMAS))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventType.values())
                        .map(type -> type.schemaResource().replace("schemas/", ""))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_schema_is_json_schema_2020_12_under_its_stable_uri(EventType type) {
        // Given
        JsonNode schema = Contract.schema(type);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

        // When
        List<String> violations = Contract.violations(
                registry.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())), schema);

        // Then
        assertThat(violations).isEmpty();
        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.get("$id").asText()).isEqualTo(type.dataSchema());
        // Generators name their classes after it, and a dot is no part of a name.
        assertThat(schema.get("title").asText())
                .isEqualTo(Stream.of(type.typeName().split("[.-]"))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_schema_has_the_fields_of_its_record_with_their_kinds(EventType type) {
        assertDescribes(type.recordClass(), Contract.schema(type), "$");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_schema_describes_each_field_in_keywords_that_asyncapi_knows_too(EventType type) {
        eachSchemaIn(Contract.schema(type), schema -> {
            assertThat(schema.path("description").asText()).isNotBlank();
            assertThat(KEYWORDS).containsAll(schema::fieldNames);
        });
    }

    @Test
    void personal_data_travels_on_the_topic_of_profiles_alone() {
        for (EventType type : EventType.values()) {
            if (type.topic() != Topic.PROFILES) {
                assertThat(fieldNames(type)).as(type.ceType()).doesNotContainAnyElementsOf(OF_A_PERSON);
            }
        }
    }

    @Test
    void trades_and_messages_carry_no_free_text() {
        for (EventType type : EventType.values()) {
            if (type.topic() == Topic.TRADES || type.topic() == Topic.MESSAGES) {
                Contract.schema(type).get("properties").fields().forEachRemaining(field -> {
                    JsonNode schema = field.getValue();
                    assertThat(schema.path("type").asText().equals("string")
                                    && !schema.has("format")
                                    && !schema.has("pattern")
                                    && !schema.has("enum")
                                    && !field.getKey().equals("asset"))
                            .as(type.ceType() + " " + field.getKey())
                            .isFalse();
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = EventType.class, mode = EnumSource.Mode.EXCLUDE, names = "PROFILE_DELETED")
    void whoever_an_event_counts_toward_is_named_with_the_incarnation(EventType type) {
        // Given
        Set<String> fields = fieldNames(type);

        // Then
        for (String person : List.of(
                "creator",
                "follower",
                "following",
                "blocker",
                "blocked",
                "subscriber",
                "author",
                "sender",
                "recipient")) {
            if (fields.contains(person + "Id")) {
                assertThat(fields).contains(person + "Incarnation");
            }
        }
        if (fields.contains("profileId") || fields.contains("userId")) {
            assertThat(fields).contains("incarnation");
        }
    }

    private static Set<String> fieldNames(EventType type) {
        Set<String> names = new HashSet<>();
        Contract.schema(type).get("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void eachSchemaIn(JsonNode schema, Consumer<JsonNode> check) {
        check.accept(schema);
        schema.path("properties").forEach(property -> eachSchemaIn(property, check));
        if (schema.path("items").has("properties")) {
            eachSchemaIn(schema.get("items"), check);
        }
    }

    private static void assertDescribes(Class<?> record, JsonNode schema, String where) {
        List<RecordComponent> fields = flattened(record).collect(Collectors.toList());
        List<String> described = new ArrayList<>();
        schema.get("properties").fieldNames().forEachRemaining(described::add);
        List<String> required = new ArrayList<>();
        schema.get("required").forEach(name -> required.add(name.asText()));

        assertThat(schema.get("type").asText()).isEqualTo("object");
        assertThat(described).as(where).containsExactlyElementsOf(names(fields.stream()));
        assertThat(required)
                .as("required of " + where)
                .containsExactlyElementsOf(
                        names(fields.stream().filter(field -> !field.isAnnotationPresent(Nullable.class))));
        for (RecordComponent field : fields) {
            assertDescribes(field, schema.get("properties").get(field.getName()), where + "." + field.getName());
        }
    }

    private static void assertDescribes(RecordComponent field, JsonNode schema, String where) {
        Class<?> type = field.getType();
        if (type == List.class) {
            assertThat(schema.get("type").asText()).as(where).isEqualTo("array");
            Class<?> element = (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
            if (element.isRecord()) {
                assertDescribes(element, schema.get("items"), where + "[]");
            } else {
                assertThat(schema.get("items").get("type").asText()).as(where).isEqualTo(TYPES.get(element));
            }
        } else if (type.isEnum()) {
            List<String> values = new ArrayList<>();
            schema.get("enum").forEach(value -> values.add(value.asText()));
            assertThat(values).as(where).containsExactlyElementsOf(wireNames(type));
        } else {
            assertThat(schema.get("type").asText()).as(where).isEqualTo(TYPES.get(type));
            if (FORMATS.containsKey(type)) {
                assertThat(schema.path("format").asText()).as(where).isEqualTo(FORMATS.get(type));
            }
            if (type == BigDecimal.class || type == YearMonth.class) {
                assertThat(schema.path("pattern").asText())
                        .as(where)
                        .startsWith("^")
                        .endsWith("$");
            }
        }
    }

    private static Stream<RecordComponent> flattened(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .flatMap(field -> field.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? flattened(field.getType())
                        : Stream.of(field));
    }

    private static List<String> names(Stream<RecordComponent> fields) {
        return fields.map(RecordComponent::getName).collect(Collectors.toList());
    }

    private static List<String> wireNames(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.isEnumConstant())
                .map(field -> field.getAnnotation(JsonProperty.class).value())
                .collect(Collectors.toList());
    }
}
