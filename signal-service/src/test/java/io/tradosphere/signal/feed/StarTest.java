package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.feed.FeedSteps.awaitBackfilled;
import static io.tradosphere.signal.feed.FeedSteps.awaitFannedOut;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.feed.FeedSteps.pagedFeed;
import static io.tradosphere.signal.feed.FeedSteps.timeline;
import static io.tradosphere.signal.replica.SocialEvents.follows;
import static io.tradosphere.signal.replica.SocialEvents.unfollows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Uses the default threshold of 5,000 followers for a star. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class StarTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void becoming_a_star_and_ceasing_to_be_one_loses_and_repeats_no_signal() {
        TestUser creator = creator();
        TestUser ordinary = creator();
        TestUser reader = creator();
        UUID first = posted(creator, signalFields(freshSymbol()));
        UUID second = posted(ordinary, signalFields(freshSymbol()));
        follows(reader, creator);
        follows(reader, ordinary);
        awaitBackfilled(creator);
        awaitBackfilled(ordinary);
        assertThat(timeline(reader)).contains(first, second);

        // when the follower arrives who completes the threshold
        hasFollowers(creator, 4_998);
        TestUser last = creator();
        follows(last, creator);

        assertThat(isStar(creator)).isTrue();
        assertThat(feed(reader)).containsExactly(second, first);
        UUID third = posted(creator, signalFields(freshSymbol()));
        await().atMost(SOON).untilAsserted(() -> assertThat(feed(reader)).containsExactly(third, second, first));
        awaitBackfilled(creator);
        awaitFannedOut();
        assertThat(timeline(reader)).as("a star's signals are in no timeline").containsExactly(second);
        UUID fourth = posted(creator, signalFields(freshSymbol()));
        assertThat(feed(reader)).containsExactly(fourth, third, second, first);
        assertThat(pagedFeed(reader, 1, () -> {})).containsExactly(fourth, third, second, first);
        assertThat(feed(last)).containsExactly(fourth, third, first);

        // when one unfollows, nothing changes; below four fifths the star loses its status
        unfollows(last, creator);
        assertThat(isStar(creator)).isTrue();
        hasLost(creator, 999);
        unfollows(reader(creator), creator);

        assertThat(isStar(creator)).isFalse();
        assertThat(feed(reader)).containsExactly(fourth, third, second, first);
        UUID fifth = posted(creator, signalFields(freshSymbol()));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(feed(reader)).containsExactly(fifth, fourth, third, second, first));
        awaitBackfilled(creator);
        awaitFannedOut();
        assertThat(timeline(reader)).containsExactlyInAnyOrder(first, second, third, fourth, fifth);
        assertThat(pagedFeed(reader, 2, () -> {})).containsExactly(fifth, fourth, third, second, first);
    }

    @Test
    void a_new_follower_of_a_star_sees_everything_at_once() {
        TestUser star = creator();
        TestUser reader = creator();
        hasFollowers(star, 6_000);
        follows(creator(), star);
        assertThat(isStar(star)).isTrue();
        UUID signal = posted(star, signalFields(freshSymbol()));

        follows(reader, star);

        assertThat(feed(reader)).containsExactly(signal);
        awaitBackfilled(star);
        assertThat(timeline(reader)).isEmpty();
        assertThat(feed(reader)).containsExactly(signal);
        unfollows(reader, star);
        assertThat(feed(reader)).isEmpty();
    }

    /** Inserts strangers whose follows are already fanned out. */
    private static void hasFollowers(TestUser creator, int count) {
        Sql.asSuperuser().execute("""
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence,
                  merged_until)
                SELECT gen_random_uuid(), ?, true, 1, 1, 1, '-infinity' FROM generate_series(1, ?)
                """, creator.id(), count);
        Sql.asSuperuser().execute("""
                INSERT INTO creators AS c (id, follower_count) VALUES (?, ?)
                ON CONFLICT (id) DO UPDATE SET follower_count = c.follower_count + EXCLUDED.follower_count
                """, creator.id(), count);
    }

    private static void hasLost(TestUser creator, int count) {
        Sql.asSuperuser().execute("""
                DELETE FROM follows WHERE following_id = ? AND follower_id IN (
                  SELECT follower_id FROM follows f WHERE following_id = ? AND is_following
                    AND NOT EXISTS (SELECT FROM profiles WHERE id = f.follower_id) LIMIT ?)
                """, creator.id(), creator.id(), count);
        Sql.asSuperuser()
                .execute("UPDATE creators SET follower_count = follower_count - ? WHERE id = ?", count, creator.id());
    }

    /** One of the strangers. */
    private static TestUser reader(TestUser creator) {
        List<Object> strangers = Sql.asSuperuser().column("""
                SELECT follower_id FROM follows f WHERE following_id = ? AND is_following
                  AND NOT EXISTS (SELECT FROM profiles WHERE id = f.follower_id) LIMIT 1
                """, creator.id());
        return TestUser.of((UUID) strangers.get(0));
    }

    private static boolean isStar(TestUser creator) {
        return Sql.asSuperuser()
                .column("SELECT starred_at IS NOT NULL FROM creators WHERE id = ?", creator.id())
                .equals(List.of(true));
    }
}
