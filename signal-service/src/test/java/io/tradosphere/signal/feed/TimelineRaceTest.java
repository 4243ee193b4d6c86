package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.feed.FeedSteps.awaitFannedOut;
import static io.tradosphere.signal.feed.FeedSteps.awaitSettled;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.feed.FeedSteps.timeline;
import static io.tradosphere.signal.graph.Social.followed;
import static io.tradosphere.signal.graph.Social.follows;
import static io.tradosphere.signal.graph.Social.next;
import static io.tradosphere.signal.graph.Social.tell;
import static io.tradosphere.signal.graph.Social.unfollows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.ForgettingSteps;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class TimelineRaceTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Settling settling;

    @Test
    void follows_posts_and_settling_at_once_lose_nothing() {
        Person creator = creator();
        List<Person> readers = new ArrayList<>();
        List<Callable<UUID>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Person reader = creator();
            readers.add(reader);
            calls.add(() -> posted(creator, call(freshSymbol())));
            calls.add(() -> {
                tell(followed(reader, creator), next());
                return null;
            });
            calls.add(() -> {
                settling.run().await().atMost(SOON);
                return null;
            });
        }

        List<UUID> signals = AtOnce.run(calls).stream().filter(id -> id != null).toList();

        for (Person reader : readers) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(feed(reader)).containsExactlyInAnyOrderElementsOf(signals));
        }
        awaitSettled(creator);
        awaitFannedOut();
        for (Person reader : readers) {
            assertThat(timeline(reader)).containsExactlyInAnyOrderElementsOf(signals);
            assertThat(feed(reader)).containsExactlyInAnyOrderElementsOf(signals);
        }
    }

    @Test
    void a_post_that_is_told_of_after_the_unfollow_or_again_shows_nothing() {
        Person creator = creator();
        Person gone = creator();
        Person stays = creator();
        follows(gone, creator);
        follows(stays, creator);
        awaitSettled(creator);
        UUID signal = posted(creator, call(freshSymbol()));
        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(gone)).containsExactly(signal));
        unfollows(gone, creator);
        awaitSettled(creator);
        String before = rows(stays);

        SignalPosted event = ForgettingSteps.told(Topic.SIGNALS, creator.id(), SignalPosted.class)
                .get(0);
        TopicTap.publish(event, 1);
        awaitFannedOut();

        assertThat(timeline(gone)).isEmpty();
        assertThat(feed(gone)).isEmpty();
        assertThat(rows(stays)).isEqualTo(before);
    }

    @Test
    void what_lies_before_a_follows_moment_is_not_fanned_out_by_a_replay() {
        Person creator = creator();
        Person reader = creator();
        UUID old = posted(creator, call(freshSymbol()));
        SignalPosted event = ForgettingSteps.told(Topic.SIGNALS, creator.id(), SignalPosted.class).stream()
                .findFirst()
                .orElseGet(() -> TopicTap.await(Topic.SIGNALS, creator.id().toString(), 1).stream()
                        .map(record -> (SignalPosted) TopicTap.event(record))
                        .findFirst()
                        .orElseThrow());
        FeedSteps.postedLongAgo(creator, 1);
        Sql.asSuperuser().execute("""
                INSERT INTO signals (creator_id, incarnation, asset_symbol, asset_type, direction, rationale, posted_at)
                SELECT ?, 1, 'NEW/USD', 'crypto', 'LONG', 'because', now() + n * interval '1 microsecond'
                FROM generate_series(1, ?) AS n
                """, creator.id(), Settling.DEPTH);
        follows(reader, creator);
        awaitSettled(creator);
        String before = rows(reader);

        TopicTap.publish(event, 1);
        awaitFannedOut();

        assertThat(rows(reader)).isEqualTo(before);
        assertThat(timeline(reader)).hasSize(Settling.DEPTH).doesNotContain(old);
        assertThat(FeedSteps.pagedFeed(reader, 100, () -> {}))
                .hasSize(Settling.DEPTH + 2)
                .doesNotHaveDuplicates()
                .contains(old);
    }

    private static String rows(Person reader) {
        return Sql.asSuperuser()
                .column(
                        "SELECT concat_ws(' ', signal_id, created_at, xmin) FROM timeline WHERE reader_id = ? ORDER BY signal_id",
                        reader.id())
                .toString();
    }
}
