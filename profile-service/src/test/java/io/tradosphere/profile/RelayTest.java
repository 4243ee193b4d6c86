package io.tradosphere.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The way of an event from the outbox to Kafka when something has gone wrong before it. */
@QuarkusTest
@WithTestResource(SliceStack.class)
class RelayTest {

    private static final Topic TOPIC = Topic.PROFILES;
    private static final Sql DATABASE = Sql.asSuperuser();

    @Test
    void what_a_replica_committed_that_died_before_it_could_say_so_is_published_all_the_same() {
        String key = committedWithoutAWord();

        assertThat(TopicTap.await(TOPIC, key, 1)).hasSize(1);
    }

    @Test
    void a_relay_whose_connection_is_lost_takes_the_lease_again_and_goes_on() {
        assertThat(DATABASE.column("""
                        SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
                        WHERE locktype = 'advisory' AND granted AND usename = 'profile_worker' AND datname = current_database()
                        """)).isNotEmpty();

        String key = committedWithoutAWord();

        assertThat(TopicTap.await(TOPIC, key, 1)).hasSize(1);
    }

    /** A tombstone of nobody's; its key. */
    private static String committedWithoutAWord() {
        String key = UUID.randomUUID().toString();
        DATABASE.execute("INSERT INTO outbox (topic, key, subject) VALUES (?, ?, ?)", TOPIC.topicName(), key, key);
        return key;
    }
}
