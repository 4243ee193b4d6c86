package io.tradosphere.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicReader;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path of an event from the outbox to Kafka after failures. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RelayTest {

    private static final Topic TOPIC = Topic.PROFILES;
    private static final Sql DATABASE = Sql.asSuperuser();
    private static final Duration SOON = Duration.ofSeconds(30);
    /** SQL that ends the leader's connection. */
    private static final String KILL_LEADER = """
            SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE relation = 'relay_lease'::regclass AND granted AND usename = 'profile_worker'
            """;

    /** The oldest transaction that the waiting leader keeps dead rows for. */
    private static final String KEPT_BY_WAITING_LEADER = """
            SELECT coalesce(backend_xid::text, backend_xmin::text, 'nothing') FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE relation = 'relay_lease'::regclass AND granted AND usename = 'profile_worker' AND state = 'idle in transaction'
            """;

    private static final String PARKED = "SELECT reason FROM outbox_parked WHERE key = ?";

    @Inject
    MeterRegistry metrics;

    @AfterEach
    void forgetParked() {
        DATABASE.execute("DELETE FROM outbox_parked");
    }

    @Test
    void an_event_committed_by_a_replica_that_died_is_published() {
        String key = committedWithoutNotification();

        assertThat(TopicReader.await(TOPIC, key, 1)).hasSize(1);
    }

    @Test
    void a_relay_that_loses_its_connection_acquires_the_lease_again_and_continues() {
        awaitLeader(1);
        assertThat(DATABASE.column(KILL_LEADER)).isNotEmpty();

        String key = committedWithoutNotification();

        assertThat(TopicReader.await(TOPIC, key, 1)).hasSize(1);
    }

    @Test
    void a_replica_that_lost_the_lease_says_so_and_still_sees_the_age_of_the_outbox() throws SQLException {
        awaitLeader(1);
        String key;
        try (OpenTransaction elsewhere =
                OpenTransaction.of(KILL_LEADER + "; SELECT FROM relay_lease FOR UPDATE", Map.of())) {
            awaitLeader(0);

            key = committedWithoutNotification();

            await().atMost(SOON).until(() -> gauge("tradosphere.outbox.oldest.age.seconds") > 1);
            assertThat(TopicReader.records(TOPIC.topicName(), key)).isEmpty();
            elsewhere.commit();
        }
        assertThat(TopicReader.await(TOPIC, key, 1)).hasSize(1);
        await().atMost(SOON).until(() -> gauge("tradosphere.outbox.oldest.age.seconds") < 1);
        awaitLeader(1);
    }

    @Test
    void a_leader_that_waits_for_events_keeps_no_dead_row_from_being_removed() {
        awaitLeader(1);

        await().atMost(SOON).until(() -> DATABASE.column(KEPT_BY_WAITING_LEADER), List.of("nothing")::equals);
    }

    @ParameterizedTest
    @CsvSource({
        "tradosphere.profile.profiles, io.tradosphere.profile.unheard-of.v1, The event type io.tradosphere.profile.unheard-of.v1 is unknown.",
        "tradosphere.profile.settings, io.tradosphere.profile.erased.v1, Events of type io.tradosphere.profile.erased.v1 belong to topic tradosphere.profile.erasures.",
        "tradosphere.social.follows, io.tradosphere.social.followed.v1, The slice has no topic tradosphere.social.follows.",
        "tradosphere.profile.nothing, , The slice has no topic tradosphere.profile.nothing."
    })
    void an_event_that_cannot_be_published_is_parked_with_the_reason(String topic, String type, String reason) {
        String key = UUID.randomUUID().toString();
        DATABASE.execute(
                "INSERT INTO outbox (topic, key, type, subject, payload) VALUES (?, ?, ?, ?, ?)",
                topic,
                key,
                type,
                key,
                type == null ? null : "{}");

        String later = committedWithoutNotification();

        assertThat(TopicReader.await(TOPIC, later, 1)).hasSize(1);
        await().atMost(SOON).until(() -> DATABASE.column(PARKED, key), List.of(reason)::equals);
        await().atMost(SOON).until(() -> gauge("tradosphere.outbox.parked") == 1);
        PublishedEvents.awaitEmptyOutbox();
    }

    @ParameterizedTest
    @CsvSource({"1048500", "5000000"})
    void an_event_too_large_for_a_record_is_parked_and_stops_no_other(int bytes) {
        String key = UUID.randomUUID().toString();
        DATABASE.execute("""
                INSERT INTO outbox (topic, key, type, subject, payload)
                VALUES (?, ?, 'io.tradosphere.profile.deleted.v1', 'large', repeat('x', ?))
                """, TOPIC.topicName(), key, bytes);

        String later = committedWithoutNotification();

        assertThat(TopicReader.await(TOPIC, later, 1)).hasSize(1);
        await().atMost(SOON).until(() -> DATABASE.column(PARKED, key).size() == 1);
        PublishedEvents.awaitEmptyOutbox();
    }

    private void awaitLeader(int leaders) {
        await().atMost(SOON).until(() -> gauge("tradosphere.relay.leader") == leaders);
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    /** Commits a tombstone without a notification. Returns its key. */
    private static String committedWithoutNotification() {
        String key = UUID.randomUUID().toString();
        DATABASE.execute("INSERT INTO outbox (topic, key, subject) VALUES (?, ?, ?)", TOPIC.topicName(), key, key);
        return key;
    }
}
