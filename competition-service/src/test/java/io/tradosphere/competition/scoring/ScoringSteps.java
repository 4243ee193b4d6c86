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
import io.tradosphere.test.Person;
import io.tradosphere.test.Sql;
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

/** What tests of competitions under way do before what they test. */
public final class ScoringSteps {

    /** Long enough for a busy machine. */
    public static final Duration SOON = Duration.ofSeconds(60);

    /** Everything for the net profit. */
    public static final String BY_PNL = "{\"totalPnl\":1}";

    private static final String BUSY_WITH_LATE_ENTRY = "{\"lateEntry\":true}";
    private static final EventCodec CODEC = new EventCodec();
    private static final AtomicLong SEQUENCES = new AtomicLong(1_000);

    private ScoringSteps() {}

    /** An event of a trade and its place in the order of the trade's events. */
    public record Told(Event event, long sequence) {}

    /** Somebody whom the slice knows. */
    public static Person trader() {
        Person person = Person.stranger();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO profiles (id, username, tier, incarnation, sequence) VALUES (?, ?, 'gladiator', 1, 1)",
                        person.id(),
                        Person.freshUsername());
        return person;
    }

    /** A competition of that type that began ten days ago and ends tomorrow. */
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

    /** One of everybody for themselves, by net profit, that one may join while it is under way. */
    public static UUID competition() {
        return competition("free_for_all", BY_PNL, BUSY_WITH_LATE_ENTRY);
    }

    /** Makes somebody take part since nine days ago. */
    public static Person takesPart(UUID competition, Person person) {
        join(competition, person, null, Instant.now().minus(9, ChronoUnit.DAYS));
        return person;
    }

    /** Somebody new who takes part since nine days ago. */
    public static Person participant(UUID competition) {
        return takesPart(competition, trader());
    }

    /** Somebody new who takes part for a clan. */
    public static Person participantFor(UUID clan, UUID competition) {
        Person person = trader();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO clan_members (clan_id, user_id, incarnation, role, is_member, sequence) VALUES (?, ?, 1, 'member', true, 1)",
                        clan,
                        person.id());
        join(competition, person, clan, Instant.now().minus(9, ChronoUnit.DAYS));
        return person;
    }

    /** Makes somebody take part. */
    public static void join(UUID competition, Person person, UUID clan, Instant since) {
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO competition_participants (competition_id, user_id, clan_id, joined_at) VALUES (?, ?, ?, ?::timestamptz)",
                        competition,
                        person.id(),
                        clan,
                        since.toString());
    }

    /** Changes something about a participant. */
    public static void change(UUID competition, Person person, String assignments) {
        Sql.asSuperuser()
                .execute(
                        "UPDATE competition_participants SET " + assignments
                                + " WHERE competition_id = ? AND user_id = ?",
                        competition,
                        person.id());
    }

    /** A trade that was opened two hours, closed one hour and reported a minute less ago. */
    public static TradeState trade(Person person, String netPnl) {
        Instant closed = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MICROS);
        return trade(person, netPnl, closed.minus(1, ChronoUnit.HOURS), closed, closed.plusSeconds(60));
    }

    /** A trade in crypto. */
    public static TradeState trade(Person person, String netPnl, Instant opened, Instant closed, Instant reported) {
        return state(UUID.randomUUID(), person.id(), 1, AssetType.CRYPTO, netPnl, opened, closed, reported);
    }

    /** Any trade. */
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

    /** Has somebody close a trade with that result; scored once this returns. */
    public static void earns(Person person, String netPnl) {
        publish(List.of(new Told(new TradeClosed(trade(person, netPnl)), nextSequence())));
        awaitScored();
    }

    /** Higher than all before. */
    public static long nextSequence() {
        return SEQUENCES.incrementAndGet();
    }

    /** Publishes events in this order, as signal-service would. */
    public static void publish(List<Told> events) {
        Map<String, Object> config = Map.of("bootstrap.servers", TestStack.get().kafkaBootstrap(), "acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            for (Told told : events) {
                Event event = told.event();
                ProducerRecord<String, byte[]> record =
                        new ProducerRecord<>(event.topic().topicName(), event.key(), CODEC.encode(event));
                Envelope.of(event, UUID.randomUUID(), "/tradosphere/test", Instant.now(), told.sequence(), null)
                        .toHeaders()
                        .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(record);
            }
            producer.flush();
        }
    }

    /** Waits until everything in the topic has been applied. */
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

    /** Waits until nothing about the competition is left to be ranked. */
    public static void awaitRanked(UUID competition) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM rankings WHERE competition_id = ? AND stale_since IS NULL",
                                        competition)
                        == 1);
    }

    /** One thing about a participant, as text; {@code null} for none. */
    public static String about(UUID competition, Person person, String expression) {
        return String.valueOf(Sql.asSuperuser()
                .column(
                        "SELECT (" + expression
                                + ")::text FROM competition_participants WHERE competition_id = ? AND user_id = ?",
                        competition,
                        person.id())
                .get(0));
    }

    /** Ends the competition as of now. */
    public static void ends(UUID competition) {
        Sql.asSuperuser().execute("UPDATE competitions SET ends_at = now() WHERE id = ?", competition);
        awaitCompleted(competition);
    }

    /** Waits until it is over. */
    public static void awaitCompleted(UUID competition) {
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                        .column("SELECT status FROM competitions WHERE id = ?", competition)
                        .equals(List.of("completed")));
    }
}
