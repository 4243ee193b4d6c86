package io.tradosphere.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.contracts.profile.ProfileDeleted;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final UUID ID = UUID.fromString("0198a1b2-0000-7000-8000-0000000000aa");
    private static final UUID ALICE = UUID.fromString("0198a1b2-0000-7000-8000-000000000001");
    private static final Instant TIME = Instant.parse("2026-02-06T14:30:00.000001Z");
    private static final String SOURCE = "/tradosphere/profile-service";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void an_event_travels_under_the_headers_of_cloud_events() {
        // When
        Map<String, String> headers = envelope().toHeaders();

        // Then
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", ID.toString(),
                        "ce_source", SOURCE,
                        "ce_type", "io.tradosphere.profile.deleted.v1",
                        "ce_subject", ALICE.toString(),
                        "ce_time", "2026-02-06T14:30:00.000001Z",
                        "ce_sequence", "42",
                        "ce_dataschema", "https://tradosphere.io/schemas/profile.deleted.v1.json",
                        "content-type", "application/json",
                        "traceparent", TRACE));
    }

    @Test
    void an_envelope_is_read_back_from_its_headers_whatever_else_is_among_them() throws Exception {
        // Given
        Map<String, String> headers = new HashMap<>(envelope().toHeaders());
        headers.put("x-other", "1");

        // Then
        assertThat(Envelope.fromHeaders(headers)).isEqualTo(envelope());
    }

    @Test
    void a_tombstone_names_no_type_and_is_read_back_as_a_tombstone() throws Exception {
        // Given
        Envelope tombstone = Envelope.tombstone(ALICE.toString(), ID, SOURCE, TIME, 43, null);

        // When
        Map<String, String> headers = tombstone.toHeaders();

        // Then
        assertThat(headers)
                .containsOnlyKeys("ce_specversion", "ce_id", "ce_source", "ce_subject", "ce_time", "ce_sequence");
        assertThat(Envelope.fromHeaders(headers)).isEqualTo(tombstone).matches(Envelope::isTombstone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_subject", "ce_time", "ce_sequence"})
    void a_record_without_a_header_that_all_have_is_refused_by_its_name(String header) {
        // Given
        Map<String, String> headers = new HashMap<>(envelope().toHeaders());
        headers.remove(header);

        // Then
        assertThatThrownBy(() -> Envelope.fromHeaders(headers))
                .isInstanceOfSatisfying(
                        UndecodableEvent.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(UndecodableEvent.Reason.BAD_HEADER))
                .hasMessage("Header " + header + " is missing");
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion,0.3", "ce_id,7", "ce_time,yesterday", "ce_sequence,4.2", "ce_sequence,''"})
    void a_malformed_header_is_refused_with_what_it_is(String header, String value) {
        // Given
        Map<String, String> headers = new HashMap<>(envelope().toHeaders());
        headers.put(header, value);

        // Then
        assertThatThrownBy(() -> Envelope.fromHeaders(headers))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageStartingWith("Header " + header + " is '" + value + "', not ");
    }

    @Test
    void an_envelope_without_an_id_is_refused() {
        assertThatThrownBy(() -> Envelope.tombstone("subject", null, SOURCE, TIME, 1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("An envelope needs ce_id");
    }

    private static Envelope envelope() {
        return Envelope.of(new ProfileDeleted(ALICE), ID, SOURCE, TIME, 42, TRACE);
    }
}
