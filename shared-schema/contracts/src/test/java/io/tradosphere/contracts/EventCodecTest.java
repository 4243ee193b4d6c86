package io.tradosphere.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.contracts.profile.ProfileCreated;
import io.tradosphere.contracts.profile.ProfileDeleted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final String TICK = EventType.MARKET_PRICE_TICKED.ceType();
    private static final EventCodec CODEC = new EventCodec();

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_field_that_a_later_version_added_is_passed_over(EventType type) throws Exception {
        // Given
        ObjectNode sample = Contract.goldenSample(type);
        Event before = CODEC.decode(type.ceType(), Contract.bytes(sample));

        // When
        sample.putObject("addedLater").put("any", 1);

        // Then
        assertThat(CODEC.decode(type.ceType(), Contract.bytes(sample))).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_body_without_a_required_field_is_refused_by_name(EventType type) {
        for (JsonNode field : Contract.schema(type).get("required")) {
            // Given
            ObjectNode sample = Contract.goldenSample(type);
            sample.remove(field.asText());

            // When
            UndecodableEvent refusal = refusal(type.ceType(), Contract.bytes(sample));

            // Then
            assertThat(refusal.reason()).isEqualTo(UndecodableEvent.Reason.BAD_BODY);
            assertThat(refusal).hasMessageStartingWith(type.ceType() + " at $." + field.asText() + ": ");
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_body_with_null_in_a_required_field_is_refused_by_name(EventType type) {
        for (JsonNode field : Contract.schema(type).get("required")) {
            ObjectNode sample = Contract.goldenSample(type).putNull(field.asText());

            assertThat(refusal(type.ceType(), Contract.bytes(sample)))
                    .hasMessageStartingWith(type.ceType() + " at $." + field.asText() + ": ");
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void a_body_with_a_field_of_another_kind_is_refused_by_name(EventType type) {
        Contract.schema(type).get("properties").fieldNames().forEachRemaining(field -> {
            // Given
            ObjectNode sample = Contract.goldenSample(type);
            if (sample.path(field).isTextual()) {
                sample.put(field, 1.5);
            } else {
                sample.put(field, "no such thing");
            }

            // When
            UndecodableEvent refusal = refusal(type.ceType(), Contract.bytes(sample));

            // Then
            assertThat(refusal).hasMessageStartingWith(type.ceType() + " at $." + field + ": ");
            assertThat(Contract.violations(type, sample)).isNotEmpty();
        });
    }

    @Test
    void a_fault_inside_a_list_is_told_by_its_place() {
        // Given
        EventType type = EventType.COMPETITION_COMPLETED;
        ObjectNode sample = Contract.goldenSample(type);
        ((ObjectNode) sample.get("results").get(1)).remove("rank");

        // Then
        assertThat(refusal(type.ceType(), Contract.bytes(sample)))
                .hasMessageStartingWith(type.ceType() + " at $.results[1].rank: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"io.tradosphere.profile.created.v2", "io.tradosphere.profile.vanished.v1", "profile.created", ""
            })
    void an_unknown_type_is_told_apart_from_a_bad_body(String ceType) {
        UndecodableEvent refusal = refusal(ceType, "{}".getBytes(UTF_8));

        assertThat(refusal.reason()).isEqualTo(UndecodableEvent.Reason.UNKNOWN_TYPE);
        assertThat(refusal).hasMessageContaining(ceType);
    }

    @Test
    void a_value_without_a_type_is_no_event() {
        UndecodableEvent refusal = refusal(null, "{}".getBytes(UTF_8));

        assertThat(refusal.reason()).isEqualTo(UndecodableEvent.Reason.UNKNOWN_TYPE);
        assertThat(refusal).hasMessageContaining("ce_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "\"text\"", "1", "{} {}", "not json"})
    void what_is_not_one_json_object_is_refused_in_one_line(String body) {
        UndecodableEvent refusal = refusal(EventType.PROFILE_DELETED.ceType(), body.getBytes(UTF_8));

        assertThat(refusal.reason()).isEqualTo(UndecodableEvent.Reason.BAD_BODY);
        assertThat(refusal.getMessage()).doesNotContain("\n").startsWith("io.tradosphere.profile.deleted.v1 at ");
    }

    @Test
    void a_type_without_a_body_is_refused() {
        assertThat(refusal(TICK, null)).hasMessage(TICK + " at $: there is no body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e3", "+1", "01", ".5", "5.", "NaN", "Infinity", "", " 1", "1,5"})
    void a_price_that_is_not_a_plain_decimal_number_is_refused(String price) {
        ObjectNode sample = Contract.goldenSample(EventType.MARKET_PRICE_TICKED).put("price", price);

        assertThat(refusal(TICK, Contract.bytes(sample)))
                .hasMessage(TICK + " at $.price: must be a decimal number of at most 100 characters");
        assertThat(Contract.violations(EventType.MARKET_PRICE_TICKED, sample)).isNotEmpty();
    }

    @Test
    void a_decimal_is_written_without_an_exponent_and_with_its_scale() {
        assertThat(written(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(written(new BigDecimal("0.00000001"))).isEqualTo("0.00000001");
        assertThat(written(new BigDecimal("10.50"))).isEqualTo("10.50");
    }

    @Test
    void an_instant_with_an_offset_is_read_as_utc() throws Exception {
        // Given
        ObjectNode sample = Contract.goldenSample(EventType.MARKET_PRICE_TICKED).put("at", "2026-02-06T15:30:00+01:00");

        // When
        PriceTicked tick = (PriceTicked) CODEC.decode(TICK, Contract.bytes(sample));

        // Then
        assertThat(tick.at()).isEqualTo(Instant.parse("2026-02-06T14:30:00Z"));
    }

    @Test
    void an_event_that_lacks_a_required_field_is_not_written() {
        assertThatThrownBy(() -> CODEC.encode(new ProfileDeleted(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("io.tradosphere.profile.deleted.v1 at $.profileId: required, but null");
        assertThatThrownBy(() -> new ProfileCreated(null)).isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 99_999, 400_000})
    void a_price_of_very_many_digits_is_refused_before_it_is_parsed(int digits) {
        // Given
        ObjectNode sample = Contract.goldenSample(EventType.MARKET_PRICE_TICKED).put("price", "9".repeat(digits));
        // Of this thread alone: a busy machine may keep it waiting.
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        // When
        UndecodableEvent refusal = refusal(TICK, Contract.bytes(sample));

        // Then
        assertThat(refusal.reason()).isEqualTo(UndecodableEvent.Reason.BAD_BODY);
        assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
                .isLessThan(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void a_number_of_very_many_digits_in_an_unknown_field_is_refused() {
        byte[] body = ("{\"addedLater\":" + "9".repeat(400_000) + "}").getBytes(UTF_8);

        assertThat(refusal(TICK, body).reason()).isEqualTo(UndecodableEvent.Reason.BAD_BODY);
    }

    @Test
    void a_body_larger_than_any_broker_takes_by_default_is_refused_unread() {
        byte[] body = " ".repeat(EventCodec.MAX_BODY_BYTES + 1).getBytes(UTF_8);

        assertThat(refusal(TICK, body)).hasMessageContaining("1048577 bytes");
    }

    private String written(BigDecimal price) {
        try {
            return Contract.JSON
                    .readTree(CODEC.encode(new PriceTicked("BTC/USD", price, Instant.EPOCH)))
                    .get("price")
                    .textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UndecodableEvent refusal(String ceType, byte[] body) {
        return catchThrowableOfType(UndecodableEvent.class, () -> CODEC.decode(ceType, body));
    }
}
