package io.tradosphere.signal.consumer;

import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.consumer.ConsumerSteps.group;
import static io.tradosphere.signal.consumer.ConsumerSteps.lastPrice;
import static io.tradosphere.signal.consumer.ConsumerSteps.letters;
import static io.tradosphere.signal.consumer.ConsumerSteps.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class DeadLetterTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PRICES = Topic.PRICES.topicName();

    @Test
    void a_record_near_the_brokers_limit_is_parked_and_the_next_is_applied() {
        String symbol = freshSymbol();

        TopicReader.send(PRICES, symbol, new byte[1_040_000], Map.of("ce_id", "x".repeat(3_000)));
        tick(symbol, "101");

        await().atMost(SOON).untilAsserted(() -> assertThat(lastPrice(symbol)).isEqualTo("101"));
        List<ConsumerRecord<String, byte[]>> letters = letters(Topic.PRICES, "market", symbol);
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).value()).hasSize(1_040_000);
        assertThat(TopicReader.header(letters.get(0), "dlq_reason")).hasSizeLessThanOrEqualTo(500);
        assertThat(TopicReader.header(letters.get(0), "dlq_offset")).isNotNull();
    }

    @Test
    void a_key_of_many_thousand_characters_does_not_hold_up_its_partition() {
        String symbol = freshSymbol();

        TopicReader.send(PRICES, symbol + "k".repeat(900_000), new byte[] {'{'}, Map.of());
        tick(symbol, "102");

        await().atMost(SOON).untilAsserted(() -> assertThat(lastPrice(symbol)).isEqualTo("102"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .number(
                                        "SELECT max(length(letter_key)) FROM dead_letters WHERE letter_key LIKE ?",
                                        symbol + "k%"))
                        .isBetween(200L, 300L));
    }

    @Test
    void a_record_that_unpacks_to_more_than_the_limit_is_refused_by_the_broker() {
        byte[] zeros = new byte[20 * 1024 * 1024];

        assertThatThrownBy(() -> ConsumerSteps.sendCompressed(PRICES, freshSymbol(), zeros))
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void a_price_of_400_000_digits_is_parked_and_the_next_is_applied() {
        String symbol = freshSymbol();
        String body = "{\"symbol\":\"" + symbol + "\",\"price\":\"" + "9".repeat(400_000)
                + "\",\"at\":\"2026-01-01T00:00:00Z\"}";

        TopicReader.send(
                PRICES,
                symbol,
                body.getBytes(StandardCharsets.UTF_8),
                ConsumerSteps.headers(EventType.MARKET_PRICE_TICKED.ceType(), symbol));
        tick(symbol, "103");

        await().atMost(SOON).untilAsserted(() -> assertThat(lastPrice(symbol)).isEqualTo("103"));
        assertThat(letters(Topic.PRICES, "market", symbol)).hasSize(1);
    }

    @Test
    void an_incurable_letter_that_is_replayed_is_parked_again_as_the_same_letter() {
        String symbol = freshSymbol();
        TopicReader.send(PRICES, symbol, new byte[] {'{'}, Map.of());
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(letters(Topic.PRICES, "market", symbol)).hasSize(1));
        ConsumerRecord<String, byte[]> letter =
                letters(Topic.PRICES, "market", symbol).get(0);
        Sql.asSuperuser().execute("DELETE FROM dead_letters WHERE letter_key = ?", letter.key());

        TopicReader.send(
                Topic.PRICES.replayTopic(group("market")),
                symbol,
                letter.value(),
                Map.of(
                        "dlq_partition", TopicReader.header(letter, "dlq_partition"),
                        "dlq_offset", TopicReader.header(letter, "dlq_offset")));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .column("SELECT letter_key FROM dead_letters WHERE letter_key LIKE ?", symbol + "#%"))
                        .containsExactly(letter.key()));
        assertThat(letters(Topic.PRICES, "market", symbol))
                .hasSize(2)
                .allSatisfy(parked -> assertThat(parked.key()).isEqualTo(letter.key()))
                .allSatisfy(parked ->
                        assertThat(TopicReader.header(parked, "dlq_topic")).isEqualTo(PRICES));
    }

    @Test
    void a_replayed_event_is_applied_by_its_group() {
        String symbol = freshSymbol();
        TopicReader.send(PRICES, symbol, new byte[] {'{'}, Map.of());
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(letters(Topic.PRICES, "market", symbol)).hasSize(1));

        ConsumerSteps.tick(Topic.PRICES.replayTopic(group("market")), symbol, "104");

        await().atMost(SOON).untilAsserted(() -> assertThat(lastPrice(symbol)).isEqualTo("104"));
    }

    @Test
    void a_letter_of_another_key_that_mentions_an_erased_person_is_erased_and_none_is_parked_later() {
        TestUser person = KnownProfiles.of(Tier.GROW);
        UUID signal = UUID.randomUUID();
        byte[] body = ("{\"userId\":\"" + person.id() + "\",").getBytes(StandardCharsets.UTF_8);
        String topic = Topic.ENGAGEMENT.topicName();
        TopicReader.send(topic, signal.toString(), body, Map.of());
        await().atMost(SOON).untilAsserted(() -> assertThat(mentions(person)).isEqualTo(1));

        KnownProfiles.erase(person, KnownProfiles.incarnation(person));

        awaitTombstones(signal, 1);
        TopicReader.send(topic, signal.toString(), body, Map.of());
        awaitTombstones(signal, 2);
        assertThat(mentions(person)).isZero();
    }

    @Test
    void other_peoples_stored_responses_lose_an_erased_person_and_keep_their_key() {
        TestUser person = KnownProfiles.of(Tier.GROW);
        TestUser other = KnownProfiles.of(Tier.GROW);
        idempotencyKey(other, "/v1/things", "by-body", "{\"owner\":\"" + person.id() + "\"}");
        idempotencyKey(other, "/v1/things", "unrelated", "{}");
        idempotencyKey(other, "/v1/people/" + person.id(), "by-path", "{}");
        idempotencyKey(other, "/v1/things", "for-" + person.id(), "{}");

        KnownProfiles.erase(person, KnownProfiles.incarnation(person));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .column(
                                        "SELECT key || ' ' || status || ' ' || coalesce(body, 'blank') FROM idempotency_keys"
                                                + " WHERE caller_id = ? ORDER BY key",
                                        other.id()))
                        .containsExactly("by-body 201 blank", "unrelated 201 {}"));
    }

    private static void idempotencyKey(TestUser caller, String path, String key, String body) {
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO idempotency_keys (caller_id, method, path, key, request_hash, status, body)"
                                + " VALUES (?, 'POST', ?, ?, '', 201, ?)",
                        caller.id(),
                        path,
                        key,
                        body);
    }

    private static long mentions(TestUser person) {
        return Sql.asSuperuser()
                .number(
                        "SELECT count(*) FROM dead_letters l WHERE position(? IN l::text) > 0",
                        person.id().toString());
    }

    private static void awaitTombstones(UUID signal, int expected) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ConsumerSteps.tombstones(
                                Topic.ENGAGEMENT.deadLetterTopic(group("engagement-counts")), signal + "#"))
                        .isEqualTo(expected));
    }
}
