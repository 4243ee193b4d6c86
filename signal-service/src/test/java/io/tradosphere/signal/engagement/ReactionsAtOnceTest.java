package io.tradosphere.signal.engagement;

import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.known;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.engagement.EngagementSteps.SOON;
import static io.tradosphere.signal.engagement.EngagementSteps.asksToComment;
import static io.tradosphere.signal.engagement.EngagementSteps.asksToReact;
import static io.tradosphere.signal.engagement.EngagementSteps.asksToTakeBack;
import static io.tradosphere.signal.engagement.EngagementSteps.awaitCounts;
import static io.tradosphere.signal.engagement.EngagementSteps.blocks;
import static io.tradosphere.signal.engagement.EngagementSteps.reacts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.EngagementEvent;
import io.tradosphere.contracts.signal.Reaction;
import io.tradosphere.contracts.signal.ReactionRemoved;
import io.tradosphere.contracts.signal.SignalReacted;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ReactionsAtOnceTest {

    @Test
    void of_32_people_who_react_to_one_signal_at_once_every_one_counts_once() {
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        List<Callable<Integer>> calls = Stream.generate(() -> known(Tier.FREE))
                .limit(32)
                .<Callable<Integer>>map(
                        fan -> () -> asksToReact(fan, signal, "rocket").statusCode())
                .toList();

        assertThat(Concurrently.run(calls)).containsOnly(204);

        TestUser.nobody().get("/v1/signals/{id}/reactions", signal).then().body("rocket", equalTo(32));
        awaitCounts(signal, 32, 0, 0);
    }

    @Test
    void of_many_concurrent_reactions_each_gets_its_own_response() throws SQLException {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        UUID another = posted(creator(), signalFields(freshSymbol()));
        TestUser blocked = known(Tier.FREE);
        blocks(creator, blocked, true);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestUser fan = known(Tier.FREE);
            calls.add(() -> asksToReact(fan, signal, "bullish").statusCode());
        }
        calls.add(5, () -> asksToReact(blocked, signal, "like").statusCode());
        calls.add(9, () -> asksToReact(blocked, another, "like").statusCode());
        calls.add(13, () -> asksToReact(TestUser.stranger(), signal, "like").statusCode());
        calls.add(17, () -> asksToReact(blocked, UUID.randomUUID(), "like").statusCode());

        List<Integer> statuses = Concurrently.runBehindALockOf("signal_engagement", calls);

        assertThat(List.of(statuses.get(5), statuses.get(9), statuses.get(13), statuses.get(17)))
                .containsExactly(403, 204, 403, 404);
        assertThat(statuses.stream().filter(status -> status == 204)).hasSize(21);
        awaitCounts(signal, 20, 0, 0);
        awaitCounts(another, 1, 0, 0);
    }

    @Test
    void of_32_identical_reactions_at_once_all_succeed_and_one_is_published() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        Callable<Integer> fields = () -> asksToReact(fan, signal, "like").statusCode();

        assertThat(Concurrently.run(Collections.nCopies(32, fields))).containsOnly(204);

        PublishedEvents.exactly(Topic.ENGAGEMENT, signal.toString(), "signal.reacted");
    }

    @Test
    void concurrent_reactions_and_removals_are_published_in_order() {
        TestUser fan = known(Tier.FREE);
        UUID signal = posted(creator(), signalFields(freshSymbol()));
        List<String> types = List.of("fire", "bearish", "none");
        List<Callable<Integer>> calls = IntStream.range(0, 24)
                .mapToObj(i -> types.get(i % 3))
                .<Callable<Integer>>map(type -> () -> type.equals("none")
                        ? asksToTakeBack(fan, signal).statusCode()
                        : asksToReact(fan, signal, type).statusCode())
                .toList();

        assertThat(Concurrently.run(calls)).containsOnly(204);

        PublishedEvents.awaitEmptyOutbox();
        List<ConsumerRecord<String, byte[]>> records =
                TopicReader.records(Topic.ENGAGEMENT.topicName(), signal.toString());
        assertThat(records.stream().map(record -> Long.valueOf(TopicReader.header(record, Envelope.SEQUENCE))))
                .isSorted();
        Reaction now = null;
        for (ConsumerRecord<String, byte[]> record : records) {
            EngagementEvent event = (EngagementEvent) TopicReader.event(record);
            if (event instanceof SignalReacted reacted) {
                assertThat(reacted.previousReaction()).isEqualTo(now);
                now = reacted.reaction();
            } else {
                assertThat(((ReactionRemoved) event).reaction()).isEqualTo(now);
                now = null;
            }
        }
        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT upper(reaction_type) FROM signal_engagement WHERE signal_id = ? AND user_id = ?",
                                signal,
                                fan.id()))
                .isEqualTo(now == null ? List.of() : List.of(now.name()));
        awaitCounts(signal, now == null ? 0 : 1, 0, 0);
    }

    @Test
    void a_signal_is_either_deleted_or_reacted_to_never_both() {
        TestUser creator = creator();
        for (int round = 0; round < 12; round++) {
            UUID signal = postedBefore(creator, freshSymbol(), 61);
            TestUser fan = known(Tier.FREE);
            boolean reacting = round % 2 == 0;

            List<Integer> statuses = Concurrently.run(List.of(
                    () -> creator.asking().delete("/v1/signals/{id}", signal).statusCode(),
                    () -> reacting
                            ? asksToReact(fan, signal, "like").statusCode()
                            : asksToComment(fan, signal, "Still long?").statusCode()));

            boolean takenBack = statuses.get(0) == 204;
            assertThat(statuses).isEqualTo(List.of(takenBack ? 204 : 409, takenBack ? 404 : reacting ? 204 : 201));
            PublishedEvents published = PublishedEvents.of(Topic.ENGAGEMENT, signal.toString());
            assertThat(published.types()).hasSize(takenBack ? 0 : 1);
        }
    }

    @Test
    void a_reaction_repeated_by_a_later_incarnation_survives_the_erasure_of_the_earlier_one() {
        Instant born = Instant.now().minus(10, ChronoUnit.DAYS);
        TestUser fan = KnownProfiles.of(UUID.randomUUID(), Tier.FREE, born);
        UUID again = posted(creator(), signalFields(freshSymbol()));
        UUID before = posted(creator(), signalFields(freshSymbol()));
        reacts(fan, again, "like");
        reacts(fan, before, "like");
        awaitCounts(again, 1, 0, 0);
        awaitCounts(before, 1, 0, 0);
        Sql.asSuperuser()
                .execute(
                        "UPDATE signal_engagement SET created_at = now() - interval '5 days' WHERE user_id = ?",
                        fan.id());

        KnownProfiles.of(fan.id(), Tier.FREE, Instant.now().minus(1, ChronoUnit.HOURS));
        reacts(fan, again, "like");
        KnownProfiles.erase(fan, KnownProfiles.incarnation(born));

        awaitCounts(before, 0, 0, 0);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Sql.asSuperuser()
                                .column("SELECT signal_id FROM signal_engagement WHERE user_id = ?", fan.id()))
                        .containsExactly(again));
        awaitCounts(again, 1, 0, 0);
        PublishedEvents published =
                PublishedEvents.exactly(Topic.ENGAGEMENT, again.toString(), "signal.reacted", "signal.reacted");
        assertThat(published.event(1, SignalReacted.class).incarnation()).isEqualTo(KnownProfiles.incarnation(fan));
    }
}
