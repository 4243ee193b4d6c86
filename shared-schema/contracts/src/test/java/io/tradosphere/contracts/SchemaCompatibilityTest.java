package io.tradosphere.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contracts only grow: no schema may differ from its last release by more than new optional fields. */
class SchemaCompatibilityTest {
    private static final String RELEASED = "{'$id':'x','type':'object','description':'d','properties':{"
            + "'name':{'type':'string','pattern':'^a$'},"
            + "'tier':{'type':'string','enum':['free','grow']},"
            + "'at':{'type':'string','format':'date-time'},"
            + "'note':{'type':'string'},"
            + "'list':{'type':'array','items':{'type':'object','properties':{'rank':{'type':'integer'}},'required':['rank']}}"
            + "},'required':['name','tier']}";

    @Test
    void every_schema_only_grew_since_its_last_release() throws IOException {
        List<String> breaks = lastReleased().entrySet().stream()
                .flatMap(schema -> breaksOf(schema.getKey(), schema.getValue()))
                .collect(Collectors.toList());

        assertThat(breaks).isEmpty();
    }

    @Test
    void releases_are_found_with_the_latest_copy_of_each_schema() throws IOException {
        assertThat(lastReleased()).containsKey("profile.created.v1.json");
    }

    @Test
    void a_schema_compared_with_itself_is_compatible() {
        assertThat(breaksAfter(schema -> {})).isEmpty();
    }

    @Test
    void an_optional_field_may_be_added() {
        assertThat(breaksAfter(schema -> properties(schema).putObject("extra").put("type", "string")))
                .isEmpty();
    }

    @Test
    void an_optional_field_may_be_added_to_the_elements_of_a_list() {
        assertThat(breaksAfter(schema ->
                        properties(elements(schema)).putObject("extra").put("type", "string")))
                .isEmpty();
    }

    @Test
    void descriptions_may_change() {
        assertThat(breaksAfter(schema -> {
                    schema.put("description", "better");
                    property(schema, "name").put("description", "new");
                }))
                .isEmpty();
    }

    @Test
    void the_order_of_values_and_fields_means_nothing() {
        assertThat(breaksAfter(schema -> {
                    property(schema, "tier").putArray("enum").add("grow").add("free");
                    schema.putArray("required").add("tier").add("name");
                }))
                .isEmpty();
    }

    @Test
    void a_field_may_not_be_removed() {
        assertOneBreak("field note: was removed", schema -> properties(schema).remove("note"));
    }

    @Test
    void a_field_may_not_be_renamed() {
        assertOneBreak(
                "field note: was removed",
                schema -> properties(schema).set("remark", properties(schema).remove("note")));
    }

    @Test
    void a_field_may_not_change_its_type() {
        assertOneBreak(
                "field note: type changed from \"string\" to \"integer\"",
                schema -> property(schema, "note").put("type", "integer"));
    }

    @Test
    void a_field_may_not_become_nullable() {
        assertOneBreak(
                "field note: type changed from \"string\" to [\"string\",\"null\"]",
                schema ->
                        property(schema, "note").putArray("type").add("string").add("null"));
    }

    @Test
    void a_new_field_may_not_be_required() {
        assertOneBreak("field extra: became required", schema -> {
            properties(schema).putObject("extra").put("type", "string");
            schema.withArray("required").add("extra");
        });
    }

    @Test
    void an_optional_field_may_not_become_required() {
        assertOneBreak(
                "field note: became required",
                schema -> schema.withArray("required").add("note"));
    }

    @Test
    void a_required_field_may_not_become_optional() {
        assertOneBreak(
                "field tier: is no longer required",
                schema -> schema.putArray("required").add("name"));
    }

    @Test
    void a_value_may_neither_join_nor_leave_an_enumeration() {
        assertOneBreak(
                "field tier: enum changed from [\"free\",\"grow\"] to [\"free\",\"grow\",\"elite\"]",
                schema -> property(schema, "tier").withArray("enum").add("elite"));
        assertOneBreak(
                "field tier: enum changed from [\"free\",\"grow\"] to [\"free\"]",
                schema -> property(schema, "tier").withArray("enum").remove(1));
    }

    @Test
    void a_pattern_may_not_change_appear_or_vanish() {
        assertOneBreak(
                "field name: pattern changed from \"^a$\" to \"^b$\"",
                schema -> property(schema, "name").put("pattern", "^b$"));
        assertOneBreak(
                "field note: pattern changed from nothing to \"^b$\"",
                schema -> property(schema, "note").put("pattern", "^b$"));
        assertOneBreak(
                "field name: pattern changed from \"^a$\" to nothing",
                schema -> property(schema, "name").remove("pattern"));
    }

    @Test
    void a_format_may_not_change() {
        assertOneBreak(
                "field at: format changed from \"date-time\" to \"date\"",
                schema -> property(schema, "at").put("format", "date"));
    }

    @Test
    void a_field_may_not_be_tightened() {
        assertOneBreak(
                "field note: maxLength changed from nothing to 10",
                schema -> property(schema, "note").put("maxLength", 10));
    }

    @Test
    void a_body_may_not_be_closed() {
        assertOneBreak(
                "the body: additionalProperties changed from nothing to false",
                schema -> schema.put("additionalProperties", false));
    }

    @Test
    void the_elements_of_a_list_are_held_to_the_same() {
        assertOneBreak(
                "field list[].rank: type changed from \"integer\" to \"string\"",
                schema -> property(elements(schema), "rank").put("type", "string"));
        assertOneBreak(
                "field list[].rank: is no longer required",
                schema -> elements(schema).putArray("required"));
        assertOneBreak(
                "field list: items changed from ",
                schema -> property(schema, "list").remove("items"));
    }

    @Test
    void a_schema_keeps_its_uri() {
        assertOneBreak("the body: $id changed from \"x\" to \"y\"", schema -> schema.put("$id", "y"));
    }

    private static Stream<String> breaksOf(String file, Path released) {
        Path current = Contract.SCHEMAS.resolve(file);
        String type = file.replace(".json", "");
        return Files.exists(current)
                ? SchemaCompatibility.breaks(type, Contract.read(released), Contract.read(current)).stream()
                : Stream.of(type + ": was removed; a released type stays, whatever is published beside it");
    }

    /** Each schema's name to its copy in the latest release that has one. */
    private static Map<String, Path> lastReleased() throws IOException {
        Map<String, Path> latest = new TreeMap<>();
        try (Stream<Path> releases = Files.list(Contract.RELEASED)) {
            releases.sorted(Comparator.comparing(
                            release -> Version.parse(release.getFileName().toString())))
                    .forEach(release ->
                            Contract.jsonFilesIn(release).forEach(file -> latest.put(file, release.resolve(file))));
        }
        return latest;
    }

    private static void assertOneBreak(String what, Consumer<ObjectNode> change) {
        assertThat(breaksAfter(change))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("some.type.v1: " + what)
                        .endsWith("publish this as a new version (.v2) beside it"));
    }

    private static List<String> breaksAfter(Consumer<ObjectNode> change) {
        ObjectNode current = parse();
        change.accept(current);
        return SchemaCompatibility.breaks("some.type.v1", parse(), current);
    }

    private static ObjectNode parse() {
        try {
            return (ObjectNode) Contract.JSON.readTree(RELEASED.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode properties(JsonNode schema) {
        return (ObjectNode) schema.get("properties");
    }

    private static ObjectNode property(JsonNode schema, String name) {
        return (ObjectNode) properties(schema).get(name);
    }

    private static ObjectNode elements(JsonNode schema) {
        return (ObjectNode) property(schema, "list").get("items");
    }
}
