package io.tradosphere.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.streaming.StreamEnded;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.ForgettingSteps;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String STREAM = """
            INSERT INTO streams (id, creator_id, title, category, current_viewers, peak_viewers, total_viewers, created_at)
            VALUES ($stream, $creator, 'live', 'analysis', 2, 2, 2, $created);
            INSERT INTO stream_viewers (stream_id, viewer_id, created_at)
            VALUES ($stream, $alice, $created), ($stream, $bob, $created);
            """;

    @Test
    void the_service_is_up_and_knows_whom_it_was_told_of() {
        Person alice = Acquaintance.of(Tier.GROW);

        assertThat(ForgettingSteps.isUp()).isTrue();
        assertThat(Acquaintance.incarnation(alice)).isPositive();
    }

    @Test
    void whoever_is_erased_is_in_no_table_and_their_live_stream_ends() {
        Person alice = Acquaintance.of(Tier.ELITE);
        Person bob = Acquaintance.of(Tier.ELITE);
        UUID live = stream(alice, alice, bob, Instant.now());
        UUID over = stream(bob, alice, bob, Instant.now());
        Sql.asSuperuser().execute("UPDATE streams SET status = 'ended' WHERE id = ?", over);

        Acquaintance.erase(alice, Acquaintance.incarnation(alice));

        awaitForgotten(alice);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ForgettingSteps.told(Topic.STREAMS, live, StreamEnded.class))
                        .extracting(StreamEnded::totalViewers)
                        .containsExactly(2L));
        assertThat(Sql.asSuperuser().column("SELECT creator_id FROM streams WHERE id = ?", over))
                .containsExactly(bob.id());
    }

    @Test
    void who_watched_has_left_and_still_counts_among_all_who_came() {
        Person alice = Acquaintance.of(Tier.FREE);
        Person bob = Acquaintance.of(Tier.ELITE);
        UUID stream = stream(bob, alice, bob, Instant.now());

        Acquaintance.erase(alice, Acquaintance.incarnation(alice));

        awaitForgotten(alice);
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT concat_ws(' ', current_viewers, peak_viewers, total_viewers) FROM streams WHERE id = ?",
                                stream))
                .containsExactly("1 2 2");
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM stream_viewers WHERE stream_id = ? AND viewer_id IS NULL AND left_at IS NOT NULL",
                                stream))
                .isEqualTo(1);
    }

    @Test
    void who_has_come_back_keeps_what_the_present_life_has_made() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        Person alice = Acquaintance.of(UUID.randomUUID(), Tier.ELITE, born);
        Person bob = Acquaintance.of(Tier.ELITE);
        long before = Acquaintance.incarnation(born.minus(10, ChronoUnit.DAYS));
        UUID past = stream(alice, alice, bob, born.minus(5, ChronoUnit.DAYS));
        Sql.asSuperuser().execute("UPDATE streams SET status = 'ended' WHERE id = ?", past);
        UUID present = stream(alice, alice, bob, Instant.now());

        Acquaintance.erase(alice, before);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                Sql.asSuperuser().column("SELECT id FROM streams WHERE creator_id = ?", alice.id()))
                        .containsExactly(present));
        assertThat(Sql.asSuperuser().column("SELECT stream_id FROM stream_viewers WHERE viewer_id = ?", alice.id()))
                .containsExactly(present);
        assertThat(Acquaintance.incarnation(alice)).isEqualTo(Acquaintance.incarnation(born));
    }

    private static UUID stream(Person creator, Person alice, Person bob, Instant created) {
        UUID stream = UUID.randomUUID();
        Sql.asSuperuser()
                .script(
                        STREAM,
                        Map.of("stream", stream, "creator", creator, "alice", alice, "bob", bob, "created", created));
        return stream;
    }

    private static void awaitForgotten(Person person) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Acquaintance.tablesThatMention(person)).isEmpty());
    }
}
