package io.tradosphere.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.streaming.StreamEnded;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class ErasureTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String STREAM = """
            INSERT INTO streams (id, creator_id, title, category, current_viewers, peak_viewers, total_viewers, created_at)
            VALUES ($stream, $creator, 'live', 'analysis', 2, 2, 2, $created);
            INSERT INTO stream_viewers (stream_id, viewer_id, created_at)
            VALUES ($stream, $alice, $created), ($stream, $bob, $created);
            """;

    @Test
    void the_service_starts_and_its_replica_holds_published_profiles() {
        TestUser alice = KnownProfiles.of(Tier.GROW);

        assertThat(ErasureSteps.isUp()).isTrue();
        assertThat(KnownProfiles.incarnation(alice)).isPositive();
    }

    @Test
    void an_erased_person_is_in_no_table_and_their_live_stream_ends() {
        TestUser alice = KnownProfiles.of(Tier.ELITE);
        TestUser bob = KnownProfiles.of(Tier.ELITE);
        UUID live = stream(alice, alice, bob, Instant.now());
        UUID over = stream(bob, alice, bob, Instant.now());
        Sql.asSuperuser().execute("UPDATE streams SET status = 'ended' WHERE id = ?", over);

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        awaitErased(alice);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ErasureSteps.told(Topic.STREAMS, live, StreamEnded.class))
                        .extracting(StreamEnded::totalViewers)
                        .containsExactly(2L));
        assertThat(Sql.asSuperuser().column("SELECT creator_id FROM streams WHERE id = ?", over))
                .containsExactly(bob.id());
    }

    @Test
    void an_erased_viewer_has_left_and_still_counts_in_total_viewers() {
        TestUser alice = KnownProfiles.of(Tier.FREE);
        TestUser bob = KnownProfiles.of(Tier.ELITE);
        UUID stream = stream(bob, alice, bob, Instant.now());

        KnownProfiles.erase(alice, KnownProfiles.incarnation(alice));

        awaitErased(alice);
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
    void a_person_who_returns_keeps_the_data_of_the_present_incarnation() {
        Instant born = Instant.now().minus(1, ChronoUnit.HOURS);
        TestUser alice = KnownProfiles.of(UUID.randomUUID(), Tier.ELITE, born);
        TestUser bob = KnownProfiles.of(Tier.ELITE);
        long before = KnownProfiles.incarnation(born.minus(10, ChronoUnit.DAYS));
        UUID past = stream(alice, alice, bob, born.minus(5, ChronoUnit.DAYS));
        Sql.asSuperuser().execute("UPDATE streams SET status = 'ended' WHERE id = ?", past);
        UUID present = stream(alice, alice, bob, Instant.now());

        KnownProfiles.erase(alice, before);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                Sql.asSuperuser().column("SELECT id FROM streams WHERE creator_id = ?", alice.id()))
                        .containsExactly(present));
        assertThat(Sql.asSuperuser().column("SELECT stream_id FROM stream_viewers WHERE viewer_id = ?", alice.id()))
                .containsExactly(present);
        assertThat(KnownProfiles.incarnation(alice)).isEqualTo(KnownProfiles.incarnation(born));
    }

    private static UUID stream(TestUser creator, TestUser alice, TestUser bob, Instant created) {
        UUID stream = UUID.randomUUID();
        Sql.asSuperuser()
                .script(
                        STREAM,
                        Map.of("stream", stream, "creator", creator, "alice", alice, "bob", bob, "created", created));
        return stream;
    }

    private static void awaitErased(TestUser person) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(KnownProfiles.tablesThatMention(person)).isEmpty());
    }
}
