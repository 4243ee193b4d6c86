package io.tradosphere.streaming.viewer;

import static io.tradosphere.streaming.StreamSteps.SOON;
import static io.tradosphere.streaming.StreamSteps.awaitViewers;
import static io.tradosphere.streaming.StreamSteps.creator;
import static io.tradosphere.streaming.StreamSteps.end;
import static io.tradosphere.streaming.StreamSteps.letViewersBeSilent;
import static io.tradosphere.streaming.StreamSteps.live;
import static io.tradosphere.streaming.StreamSteps.viewers;
import static io.tradosphere.streaming.StreamSteps.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.reconciliation.Outcome;
import io.tradosphere.platform.reconciliation.Reconciler;
import io.tradosphere.streaming.AgoraFake;
import io.tradosphere.streaming.viewer.PresenceBuffer.Watcher;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(AgoraFake.class)
class ViewerTest {

    /** Of this test alone: whoever was seen a minute ago has left. */
    private final Instant start = Instant.now();

    @Inject
    SliceDatabase slice;

    @Inject
    ViewerExpiry expiry;

    @Inject
    ViewerReconciliation reconciliation;

    @Inject
    Reconciler reconciler;

    @Test
    void a_viewer_counts_once_however_often_they_say_that_they_watch() {
        UUID stream = live(creator());
        List<TestUser> people = KnownProfiles.of(Tier.FREE, 3);

        for (int i = 0; i < 3; i++) {
            people.forEach(person -> assertThat(watch(person, stream)).isEqualTo(204));
        }
        awaitViewers(stream, 3, 3, 3);
        leave(people.get(0), stream);
        leave(people.get(0), stream);

        awaitViewers(stream, 2, 3, 3);
        assertThat(watch(people.get(0), stream)).isEqualTo(204);
        awaitViewers(stream, 3, 3, 3);
    }

    @Test
    void the_creators_heartbeat_feeds_the_stream_and_counts_as_no_viewer() {
        TestUser alice = creator();
        UUID stream = live(alice);
        Sql.asSuperuser().execute("UPDATE streams SET fed_at = now() - INTERVAL '90 seconds' WHERE id = ?", stream);

        assertThat(watch(alice, stream)).isEqualTo(204);

        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM streams WHERE id = ? AND fed_at > now() - INTERVAL '60 seconds'",
                                        stream)
                        == 1);
        assertThat(viewers(stream)).isEqualTo("0 0 0");
        leave(alice, stream);
    }

    @Test
    void whoever_is_silent_for_a_minute_has_left_and_comes_back_with_the_next_heartbeat() {
        UUID stream = live(creator());
        List<TestUser> people = KnownProfiles.of(Tier.FREE, 2);
        people.forEach(person -> watch(person, stream));
        awaitViewers(stream, 2, 2, 2);

        letViewersBeSilent(stream, 40);
        expiry.run().await().atMost(SOON);
        assertThat(viewers(stream)).isEqualTo("2 2 2");
        letViewersBeSilent(stream, 61);
        expiry.run().await().atMost(SOON);

        assertThat(viewers(stream)).isEqualTo("0 2 2");
        watch(people.get(1), stream);
        awaitViewers(stream, 1, 2, 2);
    }

    @Test
    void the_end_of_a_stream_leaves_no_viewer_and_silent_ones_lower_nothing() {
        TestUser alice = creator();
        UUID stream = live(alice);
        watch(KnownProfiles.of(Tier.FREE), stream);
        awaitViewers(stream, 1, 1, 1);

        end(alice, stream);
        assertThat(viewers(stream)).isEqualTo("0 1 1");
        letViewersBeSilent(stream, 61);
        expiry.run().await().atMost(SOON);

        assertThat(viewers(stream)).isEqualTo("0 1 1");
        assertThat(present(stream)).isZero();
    }

    @Test
    void leaving_what_one_does_not_watch_changes_nothing() {
        UUID stream = live(creator());
        PresenceBuffer replica = new PresenceBuffer();
        TestUser bob = KnownProfiles.of(Tier.FREE);

        replica.add(new Watcher(stream, bob.id()), Presence.left(start));
        replica.add(new Watcher(UUID.randomUUID(), bob.id()), Presence.seen(start));
        flush(replica);

        assertThat(viewers(stream)).isEqualTo("0 0 0");
    }

    @Test
    void the_peak_is_what_a_count_at_every_moment_would_have_found() {
        UUID stream = live(creator());
        List<TestUser> people = KnownProfiles.of(Tier.FREE, 3);
        PresenceBuffer replica = new PresenceBuffer();

        for (int i = 0; i < 3; i++) {
            Watcher watcher = new Watcher(stream, people.get(i).id());
            replica.add(watcher, Presence.seen(start.plusMillis(10L * i)));
            replica.add(watcher, Presence.left(start.plusMillis(10L * i + 5)));
        }
        flush(replica);

        assertThat(viewers(stream)).as("one after the other").isEqualTo("0 1 3");
    }

    @Test
    void what_two_replicas_took_counts_by_its_time_whichever_stores_first() {
        UUID stream = live(creator());
        Watcher bob = new Watcher(stream, KnownProfiles.of(Tier.FREE).id());
        Watcher carol = new Watcher(stream, KnownProfiles.of(Tier.FREE).id());
        PresenceBuffer one = new PresenceBuffer();
        PresenceBuffer other = new PresenceBuffer();
        one.add(bob, Presence.seen(start));
        one.add(carol, Presence.seen(start));
        flush(one);

        one.add(bob, Presence.seen(start.plusMillis(100)));
        other.add(bob, Presence.left(start.plusMillis(200)));
        one.add(carol, Presence.seen(start.plusMillis(200)));
        other.add(carol, Presence.left(start.plusMillis(100)));
        flush(other);
        flush(one);

        assertThat(viewers(stream)).as("Bob left last, Carol stayed").isEqualTo("1 2 2");
    }

    @Test
    void a_leaving_that_is_stored_before_the_heartbeat_of_another_replica_still_counts() {
        UUID stream = live(creator());
        Watcher bob = new Watcher(stream, KnownProfiles.of(Tier.FREE).id());
        PresenceBuffer one = new PresenceBuffer();
        PresenceBuffer other = new PresenceBuffer();
        // Ahead of the clock: a leaving is kept for its heartbeat for five seconds.
        Instant now = Instant.now().plusSeconds(60);
        one.add(bob, Presence.seen(now.minusMillis(20)));
        other.add(bob, Presence.left(now));

        flush(other);
        flush(one);
        flush(other);

        assertThat(viewers(stream)).isEqualTo("0 1 1");
        one.add(bob, Presence.seen(now.plusMillis(20)));
        other.add(bob, Presence.left(now.plusMillis(40)));
        flush(other);
        flush(one);
        assertThat(viewers(stream)).as("they come back and leave again").isEqualTo("0 1 1");
    }

    @Test
    void a_batch_that_is_stored_twice_counts_once() {
        UUID stream = live(creator());
        PresenceBuffer replica = new PresenceBuffer() {
            private boolean lost;

            @Override
            protected synchronized void stored(Batch<Watcher, Presence> batch) {
                if (!lost) {
                    lost = true;
                    throw new IllegalStateException("the connection broke before the answer came");
                }
                super.stored(batch);
            }
        };
        Watcher bob = new Watcher(stream, KnownProfiles.of(Tier.FREE).id());
        replica.add(bob, Presence.seen(start));
        replica.add(bob, Presence.left(start.plusMillis(5)));
        replica.add(new Watcher(stream, KnownProfiles.of(Tier.FREE).id()), Presence.seen(start));

        new PresenceFlush(slice, replica)
                .run()
                .onFailure(IllegalStateException.class)
                .recoverWithNull()
                .await()
                .atMost(SOON);
        flush(replica);

        assertThat(viewers(stream)).isEqualTo("1 2 2");
    }

    @Test
    void a_count_that_has_drifted_keeps_no_other_viewer_from_being_stored() {
        UUID drifted = live(creator());
        UUID stream = live(creator());
        Watcher bob = new Watcher(drifted, KnownProfiles.of(Tier.FREE).id());
        PresenceBuffer replica = new PresenceBuffer();
        replica.add(bob, Presence.seen(start));
        flush(replica);
        Sql.asSuperuser().execute("UPDATE streams SET current_viewers = 0 WHERE id = ?", drifted);

        replica.add(bob, Presence.left(start.plusMillis(5)));
        replica.add(new Watcher(stream, bob.person()), Presence.seen(start));
        flush(replica);

        assertThat(viewers(drifted)).isEqualTo("0 1 1");
        assertThat(viewers(stream)).isEqualTo("1 1 1");
    }

    @Test
    void verify_finds_and_repairs_counts_that_are_not_those_of_the_viewers() {
        UUID stream = live(creator());
        watch(KnownProfiles.of(Tier.FREE), stream);
        awaitViewers(stream, 1, 1, 1);
        Sql.asSuperuser()
                .execute(
                        "UPDATE streams SET current_viewers = 7, peak_viewers = 8, total_viewers = 9 WHERE id = ?",
                        stream);

        Outcome found = reconciliation
                .reconciliations()
                .get(0)
                .run(reconciler, true)
                .await()
                .atMost(SOON);

        assertThat(found.drift()).isEqualTo(1);
        assertThat(viewers(stream)).isEqualTo("1 1 1");
        assertThat(reconciliation
                        .reconciliations()
                        .get(0)
                        .run(reconciler, false)
                        .await()
                        .atMost(SOON)
                        .drift())
                .isZero();
    }

    private void flush(PresenceBuffer replica) {
        new PresenceFlush(slice, replica).run().await().atMost(SOON);
    }

    private static long present(UUID stream) {
        return Sql.asSuperuser()
                .number("SELECT count(*) FROM stream_viewers WHERE stream_id = ? AND left_at IS NULL", stream);
    }

    private static void leave(TestUser person, UUID stream) {
        person.asking().delete("/v1/streams/{id}/viewers", stream).then().statusCode(204);
    }
}
