package io.tradosphere.signal.engagement;

import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
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
import io.tradosphere.platform.db.Slice;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
import io.tradosphere.test.TopicTap;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ViewTest {

    @Inject
    Slice slice;

    @Inject
    ViewFlush flush;

    @Test
    void views_of_nobody_and_somebody_at_once_are_all_counted_and_told_in_sums() {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));
        Callable<Integer> call = () -> {
            views(signal);
            views(signal);
            return creator.asking().post("/v1/signals/{id}/views", signal).statusCode();
        };

        assertThat(AtOnce.run(Collections.nCopies(16, call))).containsOnly(204);

        awaitCounts(signal, 0, 0, 48);
        assertThat(stored(signal)).isEqualTo(48);
        List<SignalViewed> told = TopicTap.records(Topic.ENGAGEMENT.topicName(), signal.toString()).stream()
                .map(record -> (SignalViewed) TopicTap.event(record))
                .toList();
        assertThat(told.stream().mapToLong(SignalViewed::count).sum()).isEqualTo(48);
        assertThat(told).allSatisfy(viewed -> {
            assertThat(viewed.creatorId()).isEqualTo(creator.id());
            assertThat(viewed.creatorIncarnation()).isEqualTo(1);
            assertThat(viewed.viewedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        });
        assertThat(told).as("one event a flush, not one a view").hasSizeLessThan(24);
    }

    @Test
    void an_unknown_signal_is_viewed_without_anything_coming_of_it() {
        UUID nowhere = UUID.randomUUID();
        UUID signal = posted(creator(), call(freshSymbol()));

        views(nowhere);
        views(signal);

        awaitCounts(signal, 0, 0, 1);
        assertThat(stored(nowhere)).isZero();
        Person.nobody().post("/v1/signals/not-an-id/views").then().statusCode(404);
    }

    @Test
    void views_of_a_signal_that_was_taken_back_meanwhile_are_dropped_and_the_others_counted() {
        Person creator = creator();
        UUID gone = posted(creator, call(freshSymbol()));
        UUID signal = posted(creator, call(freshSymbol()));
        ViewBuffer buffer = new ViewBuffer(10);
        buffer.add(gone, Instant.now());
        buffer.add(signal, Instant.now());
        creator.asking().delete("/v1/signals/{id}", gone).then().statusCode(204);

        new ViewFlush(slice, buffer).run().await().atMost(SOON);

        Told.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.viewed");
        Told.exactly(Topic.ENGAGEMENT, gone.toString());
        awaitCounts(signal, 0, 0, 1);
    }

    @Test
    void a_batch_of_whose_commit_nobody_heard_is_stored_again_and_counts_once() {
        UUID signal = posted(creator(), call(freshSymbol()));
        ViewBuffer buffer = new ViewBuffer(10) {
            private boolean lost;

            @Override
            synchronized void stored(Batch batch) {
                if (!lost) {
                    lost = true;
                    throw new IllegalStateException("the connection broke before the answer came");
                }
                super.stored(batch);
            }
        };
        ViewFlush unlucky = new ViewFlush(slice, buffer);
        buffer.add(signal, Instant.now());
        buffer.add(signal, Instant.now());

        assertThatThrownBy(() -> unlucky.run().await().atMost(SOON)).hasMessageContaining("before the answer came");
        buffer.add(signal, Instant.now());
        unlucky.beforeStop().await().atMost(SOON);

        Told told = Told.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.viewed", "signal.viewed");
        assertThat(told.event(0, SignalViewed.class).count()).isEqualTo(2);
        assertThat(told.event(1, SignalViewed.class).count()).isEqualTo(1);
        assertThat(stored(signal)).isEqualTo(3);
        awaitCounts(signal, 0, 0, 3);
    }

    @Test
    void two_replicas_that_store_views_of_the_same_signals_at_once_lose_none() {
        Person creator = creator();
        List<UUID> signals = List.of(
                posted(creator, call(freshSymbol())),
                posted(creator, call(freshSymbol())),
                posted(creator, call(freshSymbol())));
        Callable<Boolean> replica = () -> {
            ViewBuffer buffer = new ViewBuffer(10);
            signals.forEach(signal -> buffer.add(signal, Instant.now()));
            new ViewFlush(slice, buffer).run().await().atMost(SOON);
            return true;
        };

        AtOnce.run(Collections.nCopies(8, replica));

        for (UUID signal : signals) {
            awaitCounts(signal, 0, 0, 8);
            assertThat(stored(signal)).isEqualTo(8);
        }
    }

    @Test
    void what_is_counted_when_the_service_stops_is_stored_before_it_goes() {
        UUID signal = posted(creator(), call(freshSymbol()));
        views(signal);

        flush.beforeStop().await().atMost(SOON);

        assertThat(stored(signal)).isEqualTo(1);
    }

    @Test
    void a_signal_that_was_seen_is_not_taken_back_after_its_first_minute() {
        Person creator = creator();
        UUID signal = postedBefore(creator, freshSymbol(), 61);
        views(signal);
        awaitCounts(signal, 0, 0, 1);

        creator.asking()
                .delete("/v1/signals/{id}", signal)
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("already-seen")));
    }

    @Test
    void a_signal_is_either_taken_back_or_seen_never_both() {
        Person creator = creator();
        for (int round = 0; round < 8; round++) {
            UUID signal = postedBefore(creator, freshSymbol(), 61);
            ViewBuffer buffer = new ViewBuffer(1);
            buffer.add(signal, Instant.now());

            List<Integer> statuses = AtOnce.run(List.of(
                    () -> creator.asking().delete("/v1/signals/{id}", signal).statusCode(), () -> {
                        new ViewFlush(slice, buffer).run().await().atMost(SOON);
                        return 0;
                    }));

            boolean takenBack = statuses.get(0) == 204;
            assertThat(statuses.get(0)).isIn(204, 409);
            assertThat(Told.of(Topic.ENGAGEMENT, signal.toString()).types()).hasSize(takenBack ? 0 : 1);
        }
    }

    private static long stored(UUID signal) {
        return Sql.asSuperuser().number("SELECT coalesce(sum(views), 0) FROM signal_views WHERE signal_id = ?", signal);
    }
}
