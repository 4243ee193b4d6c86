package io.tradosphere.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sample of each type as it was when the type was released; every later version of the code must still read it. */
class GoldenSamplesTest {
    private static final EventCodec CODEC = new EventCodec();

    @Test
    void every_type_has_a_golden_sample_and_every_sample_a_type() {
        Arrays.stream(EventType.values())
                .collect(Collectors.groupingBy(EventType::version))
                .forEach((version, types) -> assertThat(Contract.jsonFilesIn(Contract.goldenSamples(version)))
                        .containsExactlyInAnyOrderElementsOf(types.stream()
                                .map(type -> type.typeName() + ".json")
                                .collect(Collectors.toList())));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_golden_sample_reads_as_its_type_and_writes_as_it_was(EventType type) throws Exception {
        // Given
        JsonNode sample = Contract.goldenSample(type);

        // When
        Event event = CODEC.decode(type.ceType(), Contract.bytes(sample));
        JsonNode written = Contract.JSON.readTree(CODEC.encode(event));

        // Then
        assertThat(event).isInstanceOf(type.recordClass());
        assertThat(event.type()).isEqualTo(type);
        assertThat(written).isEqualTo(sample);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_golden_sample_is_valid_by_its_schema(EventType type) {
        assertThat(Contract.violations(type, Contract.goldenSample(type))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void an_event_without_any_optional_field_is_read_written_and_valid(EventType type) throws Exception {
        // Given
        ObjectNode sample = Contract.goldenSample(type);
        Set<String> required = new HashSet<>();
        Contract.schema(type).get("required").forEach(field -> required.add(field.asText()));
        sample.retain(required);

        // When
        Event event = CODEC.decode(type.ceType(), Contract.bytes(sample));

        // Then
        assertThat(Contract.JSON.readTree(CODEC.encode(event))).isEqualTo(sample);
        assertThat(Contract.violations(type, sample)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void an_event_has_a_subject_a_key_and_the_topic_of_its_type(EventType type) throws Exception {
        // When
        Event event = CODEC.decode(type.ceType(), Contract.bytes(Contract.goldenSample(type)));

        // Then
        assertThat(event.subject()).isNotBlank();
        assertThat(event.key().split(":", -1))
                .hasSameSizeAs(type.topic().keyDescription().split(":", -1))
                .allSatisfy(part -> assertThat(part).isNotBlank());
        assertThat(event.topic()).isEqualTo(type.topic());
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void the_key_is_made_of_the_fields_that_the_topic_says(EventType type) throws Exception {
        // Given
        JsonNode sample = Contract.goldenSample(type);
        String expected = Arrays.stream(type.topic().keyDescription().split(":", -1))
                .map(field -> sample.path(field).asText())
                .collect(Collectors.joining(":"));

        // When
        Event event = CODEC.decode(type.ceType(), Contract.bytes(sample));

        // Then
        assertThat(event.key()).isEqualTo(expected);
    }
}
