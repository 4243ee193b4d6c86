package io.tradosphere.signal.engagement;

import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.engagement.EngagementSteps.SOON;
import static io.tradosphere.signal.engagement.EngagementSteps.awaitCounts;
import static io.tradosphere.signal.engagement.EngagementSteps.views;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.SignalViewed;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ViewTest {

    @Inject
    SliceDatabase slice;

    @Inject
    ViewFlush flush;

    @Inject
    ViewExpiry expiry;

    @Test
    void concurrent_views_with_and_without_a_token_are_all_counted_and_published_in_sums() {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        List<Callable<Integer>> viewers = IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    viewsFrom("203.0.113." + i, signal);
                    viewsFrom("2001:db8::" + i, signal);
                    return TestUser.stranger()
                            .asking()
                            .post("/v1/signals/{id}/views", signal)
                            .statusCode();
                })
                .toList();

        assertThat(Concurrently.run(viewers)).containsOnly(204);

        awaitCounts(signal, 0, 0, 48);
        assertThat(stored(signal)).isEqualTo(48);
        List<SignalViewed> published = TopicReader.records(Topic.ENGAGEMENT.topicName(), signal.toString()).stream()
                .map(record -> (SignalViewed) TopicReader.event(record))
                .toList();
        assertThat(published.stream().mapToLong(SignalViewed::count).sum()).isEqualTo(48);
        assertThat(published).allSatisfy(viewed -> {
            assertThat(viewed.creatorId()).isEqualTo(creator.id());
            assertThat(viewed.creatorIncarnation()).isEqualTo(1);
            assertThat(viewed.viewedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        });
        assertThat(published).as("one event a flush, not one a view").hasSizeLessThan(24);
    }

    @Test
    void a_person_or_an_address_counts_once_in_ten_minutes_for_each_signal() {
        TestUser creator = creator();
        TestUser viewer = TestUser.stranger();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        UUID other = posted(creator, signalFields(freshSymbol()));
        Instant now = Instant.now();
        Duration almost = Duration.ofMinutes(10).minusSeconds(1);

        for (Instant at : List.of(now.minus(almost), now.minus(almost).plusSeconds(5), now.plusSeconds(2))) {
            ViewBuffer buffer = new ViewBuffer(10);
            buffer.add(signal, Viewer.person(viewer.id()), at);
            buffer.add(other, Viewer.address("203.0.113.7", "127.0.0.1"), at);
            new ViewFlush(slice, buffer).run().await().atMost(SOON);
        }

        assertThat(stored(signal)).as("the second view came after five seconds").isEqualTo(2);
        assertThat(stored(other)).isEqualTo(2);
    }

    @Test
    void a_viewer_is_stored_under_a_pseudonym_until_ten_minutes_have_passed() {
        TestUser viewer = TestUser.stranger();
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        ViewBuffer buffer = new ViewBuffer(10);
        buffer.add(signal, Viewer.person(viewer.id()), Instant.now().minus(Duration.ofMinutes(11)));
        buffer.add(signal, Viewer.address("203.0.113.7", "127.0.0.1"), Instant.now());
        new ViewFlush(slice, buffer).run().await().atMost(SOON);
        String viewers = "SELECT count(*) FROM recent_views WHERE signal_id = ?";
        assertThat(Sql.asSuperuser().number(viewers, signal)).isEqualTo(2);
        assertThat(
                        Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM recent_views WHERE encode(viewer, 'escape') LIKE '%203.0.113.7%'"))
                .isZero();

        expiry.run().await().atMost(SOON);

        assertThat(Sql.asSuperuser().number(viewers, signal)).isEqualTo(1);
        assertThat(stored(signal)).isEqualTo(2);
    }

    @Test
    void a_view_of_an_unknown_signal_is_ignored() {
        UUID nowhere = UUID.randomUUID();
        UUID signal = posted(creator(), signalFields(freshSymbol()));

        views(nowhere);
        views(signal);

        awaitCounts(signal, 0, 0, 1);
        assertThat(stored(nowhere)).isZero();
        TestUser.nobody().post("/v1/signals/not-an-id/views").then().statusCode(404);
    }

    @Test
    void views_of_a_signal_deleted_meanwhile_are_dropped_and_the_others_counted() {
        TestUser creator = creator();
        UUID gone = posted(creator, signalFields(freshSymbol()));
        UUID signal = posted(creator, signalFields(freshSymbol()));
        ViewBuffer buffer = new ViewBuffer(10);
        buffer.add(gone, someone(), Instant.now());
        buffer.add(signal, someone(), Instant.now());
        creator.asking().delete("/v1/signals/{id}", gone).then().statusCode(204);

        new ViewFlush(slice, buffer).run().await().atMost(SOON);

        PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.viewed");
        PublishedEvents.exactly(Topic.ENGAGEMENT, gone.toString());
        awaitCounts(signal, 0, 0, 1);
    }

    @Test
    void a_batch_with_an_unknown_commit_is_stored_again_and_counts_once() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        ViewBuffer buffer = new ViewBuffer(10) {
            private boolean lost;

            @Override
            protected synchronized void stored(Batch<Viewed, Instant> batch) {
                if (!lost) {
                    lost = true;
                    throw new IllegalStateException("the connection broke before the answer came");
                }
                super.stored(batch);
            }
        };
        ViewFlush unlucky = new ViewFlush(slice, buffer);
        buffer.add(signal, someone(), Instant.now());
        buffer.add(signal, someone(), Instant.now());

        assertThatThrownBy(() -> unlucky.run().await().atMost(SOON)).hasMessageContaining("before the answer came");
        buffer.add(signal, someone(), Instant.now());
        unlucky.beforeStop().await().atMost(SOON);

        PublishedEvents published =
                PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.viewed", "signal.viewed");
        assertThat(published.event(0, SignalViewed.class).count()).isEqualTo(2);
        assertThat(published.event(1, SignalViewed.class).count()).isEqualTo(1);
        assertThat(stored(signal)).isEqualTo(3);
        awaitCounts(signal, 0, 0, 3);
    }

    @Test
    void two_replicas_that_store_views_of_the_same_signals_at_once_lose_none() {
        TestUser creator = creator();
        List<UUID> signals = List.of(
                posted(creator, signalFields(freshSymbol())),
                posted(creator, signalFields(freshSymbol())),
                posted(creator, signalFields(freshSymbol())));
        Callable<Boolean> replica = () -> {
            ViewBuffer buffer = new ViewBuffer(10);
            signals.forEach(signal -> buffer.add(signal, someone(), Instant.now()));
            new ViewFlush(slice, buffer).run().await().atMost(SOON);
            return true;
        };

        Concurrently.run(Collections.nCopies(8, replica));

        for (UUID signal : signals) {
            awaitCounts(signal, 0, 0, 8);
            assertThat(stored(signal)).isEqualTo(8);
        }
    }

    @Test
    void buffered_views_are_stored_before_the_service_stops() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        views(signal);

        flush.beforeStop().await().atMost(SOON);

        assertThat(stored(signal)).isEqualTo(1);
    }

    @Test
    void a_viewed_signal_cannot_be_deleted_after_its_first_minute() {
        TestUser creator = creator();
        UUID signal = postedBefore(creator, freshSymbol(), 61);
        views(signal);
        awaitCounts(signal, 0, 0, 1);

        creator.asking()
                .delete("/v1/signals/{id}", signal)
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("no-longer-deletable")));
    }

    @Test
    void a_signal_is_either_deleted_or_viewed_never_both() {
        TestUser creator = creator();
        for (int round = 0; round < 8; round++) {
            UUID signal = postedBefore(creator, freshSymbol(), 61);
            ViewBuffer buffer = new ViewBuffer(1);
            buffer.add(signal, someone(), Instant.now());

            List<Integer> statuses = Concurrently.run(List.of(
                    () -> creator.asking().delete("/v1/signals/{id}", signal).statusCode(), () -> {
                        new ViewFlush(slice, buffer).run().await().atMost(SOON);
                        return 0;
                    }));

            boolean takenBack = statuses.get(0) == 204;
            assertThat(statuses.get(0)).isIn(204, 409);
            assertThat(PublishedEvents.of(Topic.ENGAGEMENT, signal.toString()).types())
                    .hasSize(takenBack ? 0 : 1);
        }
    }

    private static Viewer someone() {
        return Viewer.person(UUID.randomUUID());
    }

    private static void viewsFrom(String address, UUID signal) {
        TestUser.nobody()
                .header("X-Real-IP", address)
                .post("/v1/signals/{id}/views", signal)
                .then()
                .statusCode(204);
    }

    private static long stored(UUID signal) {
        return Sql.asSuperuser().number("SELECT coalesce(sum(views), 0) FROM signal_views WHERE signal_id = ?", signal);
    }
}
