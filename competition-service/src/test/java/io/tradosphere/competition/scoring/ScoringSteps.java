package io.tradosphere.competition.scoring;

import static org.awaitility.Awaitility.await;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.Direction;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.stack.TestStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Test fixtures for scoring in active competitions. */
public final class ScoringSteps {

    /** Timeout that allows for a busy machine. */
    public static final Duration SOON = Duration.ofSeconds(60);

    /** Weights that score only by net profit. */
    public static final String BY_PNL = "{\"totalPnl\":1}";

    private static final String LATE_ENTRY_ALLOWED = "{\"lateEntry\":true}";
    private static final EventCodec CODEC = new EventCodec();
    private static final AtomicLong SEQUENCES = new AtomicLong(1_000);

    private ScoringSteps() {}

    /** A trade event with its sequence. */
    public record SequencedEvent(Event event, long sequence) {}

    /** A user with a profile in the slice. */
    public static TestUser trader() {
        TestUser person = TestUser.stranger();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO profiles (id, username, tier, incarnation, sequence) VALUES (?, ?, 'gladiator', 1, 1)",
                        person.id(),
                        TestUser.freshUsername());
        return person;
    }

    /** An active competition of that type, started ten days ago and ending tomorrow. */
    public static UUID competition(String type, String weights, String rules) {
        UUID id = UUID.randomUUID();
        Sql.asSuperuser().execute("""
                        INSERT INTO competitions (id, creator_id, name, type, prize_pool, rules, scoring_metrics,
                          max_participants, starts_at, ends_at)
                        VALUES (?, ?, 'cup', ?, 1000, ?::jsonb, ?::jsonb, CASE ? WHEN '1v1' THEN 2 END, now() - interval '10 days',
                          now() + interval '1 day')
                        """, id, trader().id(), type, rules, weights, type);
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT status FROM competitions WHERE id = ?", id)
                        .equals(List.of("active")));
        return id;
    }

    /** An active free-for-all with late entry, scored by net profit. */
    public static UUID competition() {
        return competition("free_for_all", BY_PNL, LATE_ENTRY_ALLOWED);
    }

    /** Joins a user with a join time nine days ago. */
    public static TestUser joinEarly(UUID competition, TestUser person) {
        join(competition, person, null, Instant.now().minus(9, ChronoUnit.DAYS));
        return person;
    }

    /** A new user who joined nine days ago. */
    public static TestUser participant(UUID competition) {
        return joinEarly(competition, trader());
    }

    /** A new user who joined for a clan nine days ago. */
    public static TestUser participantFor(UUID clan, UUID competition) {
        TestUser person = trader();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO clan_members (clan_id, user_id, incarnation, role, is_member, sequence) VALUES (?, ?, 1, 'member', true, 1)",
                        clan,
                        person.id());
        join(competition, person, clan, Instant.now().minus(9, ChronoUnit.DAYS));
        return person;
    }

    /** Inserts a participant. */
    public static void join(UUID competition, TestUser person, UUID clan, Instant since) {
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO competition_participants (competition_id, user_id, clan_id, joined_at) VALUES (?, ?, ?, ?::timestamptz)",
                        competition,
                        person.id(),
                        clan,
                        since.toString());
    }

    /** Updates a participant's columns. */
    public static void change(UUID competition, TestUser person, String assignments) {
        Sql.asSuperuser()
                .execute(
                        "UPDATE competition_participants SET " + assignments
                                + " WHERE competition_id = ? AND user_id = ?",
                        competition,
                        person.id());
    }

    /** A trade opened two hours ago, closed one hour ago and reported a minute after its close. */
    public static TradeState trade(TestUser person, String netPnl) {
        Instant closed = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
        return trade(person, netPnl, closed.minus(1, ChronoUnit.HOURS), closed, closed.plusSeconds(60));
    }

    /** A crypto trade. */
    public static TradeState trade(TestUser person, String netPnl, Instant opened, Instant closed, Instant reported) {
        return state(UUID.randomUUID(), person.id(), 1, AssetType.CRYPTO, netPnl, opened, closed, reported);
    }

    /** A trade with the given state. */
    public static TradeState state(
            UUID trade,
            UUID person,
            long incarnation,
            AssetType type,
            String netPnl,
            Instant opened,
            Instant closed,
            Instant reported) {
        BigDecimal pnl = netPnl == null ? null : new BigDecimal(netPnl);
        BigDecimal exit = closed == null ? null : BigDecimal.TEN;
        return new TradeState(
                trade,
                person,
                incarnation,
                "BTC/USD",
                type,
                Direction.LONG,
                BigDecimal.ONE,
                BigDecimal.ONE,
                BigDecimal.TEN,
                opened,
                exit,
                closed,
                null,
                pnl,
                pnl,
                exit == null ? null : BigDecimal.ZERO,
                reported);
    }

    /** Publishes a closed trade with that result and waits until it is scored. */
    public static void closeTrade(TestUser person, String netPnl) {
        publish(List.of(new SequencedEvent(new TradeClosed(trade(person, netPnl)), nextSequence())));
        awaitScored();
    }

    /** A sequence higher than any before. */
    public static long nextSequence() {
        return SEQUENCES.incrementAndGet();
    }

    /** Publishes events in this order, as signal-service would. */
    public static void publish(List<SequencedEvent> events) {
        Map<String, Object> config = Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap(), "acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            for (SequencedEvent published : events) {
                Event event = published.event();
                ProducerRecord<String, byte[]> record =
                        new ProducerRecord<>(event.topic().topicName(), event.key(), CODEC.encode(event));
                Envelope.of(event, UUID.randomUUID(), "/tradosphere/test", Instant.now(), published.sequence(), null)
                        .toHeaders()
                        .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(record);
            }
            producer.flush();
        }
    }

    /** Waits until the consumer has applied all records of the topic. */
    public static void awaitScored() {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap()))) {
            var ends = admin.listOffsets(IntStream.range(0, Topic.TRADES.partitions())
                            .mapToObj(partition -> new TopicPartition(Topic.TRADES.topicName(), partition))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get();
            await().atMost(SOON).until(() -> {
                var committed = admin.listConsumerGroupOffsets("competition-service.scores")
                        .partitionsToOffsetAndMetadata()
                        .get();
                return ends.entrySet().stream().allMatch(end -> {
                    var at = committed.get(end.getKey());
                    return end.getValue().offset() == 0
                            || at != null && at.offset() >= end.getValue().offset();
                });
            });
        } catch (ExecutionException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Waits until the competition's ranking is not stale. */
    public static void awaitRanked(UUID competition) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM rankings WHERE competition_id = ? AND stale_since IS NULL",
                                        competition)
                        == 1);
    }

    /** An SQL expression over a participant's row, as text; {@code "null"} for NULL. */
    public static String about(UUID competition, TestUser person, String expression) {
        return String.valueOf(Sql.asSuperuser()
                .column(
                        "SELECT (" + expression
                                + ")::text FROM competition_participants WHERE competition_id = ? AND user_id = ?",
                        competition,
                        person.id())
                .get(0));
    }

    /** Ends the competition now and waits until it is completed. */
    public static void ends(UUID competition) {
        Sql.asSuperuser().execute("UPDATE competitions SET ends_at = now() WHERE id = ?", competition);
        awaitCompleted(competition);
    }

    /** Waits until the competition is completed. */
    public static void awaitCompleted(UUID competition) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT status FROM competitions WHERE id = ?", competition)
                        .equals(List.of("completed")));
    }
}
