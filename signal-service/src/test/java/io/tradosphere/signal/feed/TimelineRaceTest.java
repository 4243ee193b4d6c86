package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.feed.FeedSteps.awaitBackfilled;
import static io.tradosphere.signal.feed.FeedSteps.awaitFannedOut;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.feed.FeedSteps.timeline;
import static io.tradosphere.signal.replica.SocialEvents.followed;
import static io.tradosphere.signal.replica.SocialEvents.follows;
import static io.tradosphere.signal.replica.SocialEvents.next;
import static io.tradosphere.signal.replica.SocialEvents.publish;
import static io.tradosphere.signal.replica.SocialEvents.unfollows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.SignalPosted;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ErasureSteps;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
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
    TimelineBackfill backfill;

    @Test
    void concurrent_follows_posts_and_backfills_lose_nothing() {
        TestUser creator = creator();
        List<TestUser> readers = new ArrayList<>();
        List<Callable<UUID>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            TestUser reader = creator();
            readers.add(reader);
            calls.add(() -> posted(creator, signalFields(freshSymbol())));
            calls.add(() -> {
                publish(followed(reader, creator), next());
                return null;
            });
            calls.add(() -> {
                backfill.run().await().atMost(SOON);
                return null;
            });
        }

        List<UUID> signals =
                Concurrently.run(calls).stream().filter(id -> id != null).toList();

        for (TestUser reader : readers) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(feed(reader)).containsExactlyInAnyOrderElementsOf(signals));
        }
        awaitBackfilled(creator);
        awaitFannedOut();
        for (TestUser reader : readers) {
            assertThat(timeline(reader)).containsExactlyInAnyOrderElementsOf(signals);
            assertThat(feed(reader)).containsExactlyInAnyOrderElementsOf(signals);
        }
    }

    @Test
    void a_late_or_repeated_post_event_after_the_unfollow_shows_nothing() {
        TestUser creator = creator();
        TestUser gone = creator();
        TestUser stays = creator();
        follows(gone, creator);
        follows(stays, creator);
        awaitBackfilled(creator);
        UUID signal = posted(creator, signalFields(freshSymbol()));
        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(gone)).containsExactly(signal));
        unfollows(gone, creator);
        awaitBackfilled(creator);
        String before = rows(stays);

        SignalPosted event = ErasureSteps.told(Topic.SIGNALS, creator.id(), SignalPosted.class)
                .get(0);
        TopicReader.publish(event, 1);
        awaitFannedOut();

        assertThat(timeline(gone)).isEmpty();
        assertThat(feed(gone)).isEmpty();
        assertThat(rows(stays)).isEqualTo(before);
    }

    @Test
    void a_replay_fans_out_nothing_before_merged_until() {
        TestUser creator = creator();
        TestUser reader = creator();
        UUID old = posted(creator, signalFields(freshSymbol()));
        SignalPosted event = ErasureSteps.told(Topic.SIGNALS, creator.id(), SignalPosted.class).stream()
                .findFirst()
                .orElseGet(() -> TopicReader.await(Topic.SIGNALS, creator.id().toString(), 1).stream()
                        .map(record -> (SignalPosted) TopicReader.event(record))
                        .findFirst()
                        .orElseThrow());
        FeedSteps.postedLongAgo(creator, 1);
        Sql.asSuperuser().execute("""
                INSERT INTO signals (creator_id, incarnation, asset_symbol, asset_type, direction, rationale, posted_at)
                SELECT ?, 1, 'NEW/USD', 'crypto', 'LONG', 'because', now() + n * interval '1 microsecond'
                FROM generate_series(1, ?) AS n
                """, creator.id(), TimelineBackfill.DEPTH);
        follows(reader, creator);
        awaitBackfilled(creator);
        String before = rows(reader);

        TopicReader.publish(event, 1);
        awaitFannedOut();

        assertThat(rows(reader)).isEqualTo(before);
        assertThat(timeline(reader)).hasSize(TimelineBackfill.DEPTH).doesNotContain(old);
        assertThat(FeedSteps.pagedFeed(reader, 100, () -> {}))
                .hasSize(TimelineBackfill.DEPTH + 2)
                .doesNotHaveDuplicates()
                .contains(old);
    }

    private static String rows(TestUser reader) {
        return Sql.asSuperuser()
                .column(
                        "SELECT concat_ws(' ', signal_id, created_at, xmin) FROM timeline WHERE reader_id = ? ORDER BY signal_id",
                        reader.id())
                .toString();
    }
}
