package io.tradosphere.streaming.viewer;

import static io.tradosphere.streaming.StreamSteps.SOON;
import static io.tradosphere.streaming.StreamSteps.creator;
import static io.tradosphere.streaming.StreamSteps.letBroadcasterBeSilent;
import static io.tradosphere.streaming.StreamSteps.letViewersBeSilent;
import static io.tradosphere.streaming.StreamSteps.live;
import static io.tradosphere.streaming.StreamSteps.viewers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.streaming.AgoraFake;
import io.tradosphere.streaming.viewer.PresenceBuffer.Watcher;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thousands of random heartbeats and leavings by way of two replicas, beside a straightforward count. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class AudienceModelTest {

    private static final String PROFILES = """
            INSERT INTO profiles (id, username, tier, incarnation, sequence)
            SELECT id, 'u' || left(replace(id::text, '-', ''), 20), 'free', 1, 1 FROM unnest(?::uuid[]) AS id
            """;

    /** The full test has 10,000 people. */
    private static final boolean IS_FULL = Boolean.getBoolean("tradosphere.full");

    private static final int PEOPLE = IS_FULL ? 10_000 : 1_000;
    private static final int ROUNDS = IS_FULL ? 60 : 8;
    private static final int REQUESTS_A_ROUND = 2_500;

    @Inject
    SliceDatabase slice;

    private final Map<UUID, Model> models = new HashMap<>();
    private List<UUID> people;
    private List<UUID> streams;
    private Instant now;

    /** A count of one stream's viewers, request by request. */
    private static final class Model {

        private final Set<UUID> present = new HashSet<>();
        private final Set<UUID> ever = new HashSet<>();
        private int peak;

        void apply(UUID person, boolean watches) {
            if (watches) {
                present.add(person);
                ever.add(person);
            } else {
                present.remove(person);
            }
            peak = Math.max(peak, present.size());
        }

        String counts() {
            return present.size() + " " + peak + " " + ever.size();
        }
    }

    @Test
    void requests_at_one_of_two_replicas_at_a_time_equal_a_straightforward_count() {
        // Given
        Random random = new Random(2026);
        List<PresenceBuffer> replicas = new ArrayList<>(List.of(new PresenceBuffer(), new PresenceBuffer()));
        for (int round = 0; round < ROUNDS; round++) {
            int taking = random.nextInt(2);
            Set<Watcher> gone = new HashSet<>();

            // When: whoever leaves and comes back within a flush has stayed; the straightforward count knows no flush.
            for (int i = 0; i < REQUESTS_A_ROUND; i++) {
                Watcher watcher = watcher(random);
                if (!gone.contains(watcher) && !counted(random, watcher, replicas.get(taking))) {
                    gone.add(watcher);
                }
            }
            flush(replicas.get(taking));

            // Then
            models.forEach((stream, model) -> assertThat(viewers(stream)).isEqualTo(model.counts()));
            if (random.nextInt(4) == 0) {
                // A replica is killed after it has stored what it took.
                replicas.set(taking, new PresenceBuffer());
            }
        }
    }

    @Test
    void requests_at_both_replicas_at_once_end_in_the_same_current_and_total_counts() {
        // Given
        Random random = new Random(7);
        List<PresenceBuffer> replicas = List.of(new PresenceBuffer(), new PresenceBuffer());
        for (int round = 0; round < ROUNDS; round++) {
            // When
            for (int i = 0; i < REQUESTS_A_ROUND; i++) {
                counted(random, watcher(random), replicas.get(random.nextInt(2)));
            }
            int first = random.nextInt(2);
            for (int replica : List.of(first, 1 - first, first)) {
                flush(replicas.get(replica));
            }

            // Then
            models.forEach((stream, model) -> {
                String[] counts = viewers(stream).split(" ");
                assertThat(counts[0] + " " + counts[2]).isEqualTo(model.present.size() + " " + model.ever.size());
                assertThat(Integer.parseInt(counts[1])).isBetween(model.present.size(), model.ever.size());
            });
        }
    }

    @Test
    void after_kills_counts_are_those_of_what_was_stored_and_heartbeats_make_up_for_the_rest() {
        // Given
        Random random = new Random(11);
        List<PresenceBuffer> replicas = new ArrayList<>(List.of(new PresenceBuffer(), new PresenceBuffer()));
        Map<Watcher, Boolean> watching = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            int taking = random.nextInt(2);
            boolean isKilled = random.nextInt(3) == 0;
            Set<Watcher> gone = new HashSet<>();

            // When a replica is killed with what it has taken
            for (int i = 0; i < REQUESTS_A_ROUND; i++) {
                Watcher watcher = watcher(random);
                if (gone.contains(watcher)) {
                    continue;
                }
                boolean watches = send(random, watcher, replicas.get(taking));
                watching.put(watcher, watches);
                if (!watches) {
                    gone.add(watcher);
                }
                if (!isKilled) {
                    models.get(watcher.stream()).apply(watcher.person(), watches);
                }
            }
            if (isKilled) {
                replicas.set(taking, new PresenceBuffer());
            } else {
                flush(replicas.get(taking));
            }

            // Then
            models.forEach((stream, model) -> assertThat(viewers(stream)).isEqualTo(model.counts()));
        }

        // When whoever said last that they leave is silent, and the others go on
        streams.forEach(stream -> letViewersBeSilent(stream, 3_600));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(streams).allMatch(stream -> viewers(stream).startsWith("0 ")));
        models.values().forEach(model -> model.present.clear());
        watching.forEach((watcher, watches) -> {
            if (watches) {
                now = now.plusMillis(1);
                replicas.get(0).add(watcher, Presence.seen(now));
                models.get(watcher.stream()).apply(watcher.person(), true);
            }
        });
        flush(replicas.get(0));

        // Then
        models.forEach((stream, model) -> assertThat(viewers(stream)).isEqualTo(model.counts()));
    }

    @BeforeEach
    void begin() {
        people = Stream.generate(UUID::randomUUID).limit(PEOPLE).toList();
        Sql.asSuperuser().execute(PROFILES, (Object) people.toArray(UUID[]::new));
        streams = Stream.generate(() -> live(creator())).limit(3).toList();
        streams.forEach(stream -> models.put(stream, new Model()));
        // Ahead of the clock, so that nobody falls silent before the test says so.
        now = Instant.now().plusSeconds(3_600);
    }

    private Watcher watcher(Random random) {
        return new Watcher(streams.get(random.nextInt(streams.size())), people.get(random.nextInt(people.size())));
    }

    /** Sends a request that will be stored, and counts it. */
    private boolean counted(Random random, Watcher watcher, PresenceBuffer replica) {
        boolean watches = send(random, watcher, replica);
        models.get(watcher.stream()).apply(watcher.person(), watches);
        return watches;
    }

    /** Sends a heartbeat or, one time in three, a leaving; returns whether the person watches now. */
    private boolean send(Random random, Watcher watcher, PresenceBuffer replica) {
        now = now.plusMillis(1);
        boolean watches = random.nextInt(3) > 0;
        assertThat(replica.add(watcher, watches ? Presence.seen(now) : Presence.left(now)))
                .isTrue();
        return watches;
    }

    private void flush(PresenceBuffer replica) {
        // Nobody feeds the streams, which would end.
        streams.forEach(stream -> letBroadcasterBeSilent(stream, 0));
        new PresenceFlush(slice, replica).run().await().atMost(SOON);
    }
}
