package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.feed.FeedSteps.awaitFannedOut;
import static io.tradosphere.signal.feed.FeedSteps.awaitSettled;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.feed.FeedSteps.pagedFeed;
import static io.tradosphere.signal.feed.FeedSteps.timeline;
import static io.tradosphere.signal.graph.Social.follows;
import static io.tradosphere.signal.graph.Social.unfollows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With the default of 5,000 followers that make a star. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class StarTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void becoming_a_star_and_ceasing_to_be_one_loses_nothing_and_shows_nothing_twice() {
        Person creator = creator();
        Person ordinary = creator();
        Person reader = creator();
        UUID first = posted(creator, call(freshSymbol()));
        UUID second = posted(ordinary, call(freshSymbol()));
        follows(reader, creator);
        follows(reader, ordinary);
        awaitSettled(creator);
        awaitSettled(ordinary);
        assertThat(timeline(reader)).contains(first, second);

        // when the last follower that was missing comes
        hasFollowers(creator, 4_998);
        Person last = creator();
        follows(last, creator);

        assertThat(isStar(creator)).isTrue();
        assertThat(feed(reader)).containsExactly(second, first);
        UUID third = posted(creator, call(freshSymbol()));
        await().atMost(SOON).untilAsserted(() -> assertThat(feed(reader)).containsExactly(third, second, first));
        awaitSettled(creator);
        awaitFannedOut();
        assertThat(timeline(reader)).as("a star's signals are in no timeline").containsExactly(second);
        UUID fourth = posted(creator, call(freshSymbol()));
        assertThat(feed(reader)).containsExactly(fourth, third, second, first);
        assertThat(pagedFeed(reader, 1, () -> {})).containsExactly(fourth, third, second, first);
        assertThat(feed(last)).containsExactly(fourth, third, first);

        // when one goes, nothing changes; when a fifth has gone, the star is none
        unfollows(last, creator);
        assertThat(isStar(creator)).isTrue();
        hasLost(creator, 999);
        unfollows(reader(creator), creator);

        assertThat(isStar(creator)).isFalse();
        assertThat(feed(reader)).containsExactly(fourth, third, second, first);
        UUID fifth = posted(creator, call(freshSymbol()));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(feed(reader)).containsExactly(fifth, fourth, third, second, first));
        awaitSettled(creator);
        awaitFannedOut();
        assertThat(timeline(reader)).containsExactlyInAnyOrder(first, second, third, fourth, fifth);
        assertThat(pagedFeed(reader, 2, () -> {})).containsExactly(fifth, fourth, third, second, first);
    }

    @Test
    void who_follows_a_star_sees_everything_at_once() {
        Person star = creator();
        Person reader = creator();
        hasFollowers(star, 6_000);
        follows(creator(), star);
        assertThat(isStar(star)).isTrue();
        UUID signal = posted(star, call(freshSymbol()));

        follows(reader, star);

        assertThat(feed(reader)).containsExactly(signal);
        awaitSettled(star);
        assertThat(timeline(reader)).isEmpty();
        assertThat(feed(reader)).containsExactly(signal);
        unfollows(reader, star);
        assertThat(feed(reader)).isEmpty();
    }

    /** Strangers whose follows are fanned out, as if they had been there for long. */
    private static void hasFollowers(Person creator, int count) {
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

    private static void hasLost(Person creator, int count) {
        Sql.asSuperuser().execute("""
                DELETE FROM follows WHERE following_id = ? AND follower_id IN (
                  SELECT follower_id FROM follows f WHERE following_id = ? AND is_following
                    AND NOT EXISTS (SELECT FROM profiles WHERE id = f.follower_id) LIMIT ?)
                """, creator.id(), creator.id(), count);
        Sql.asSuperuser()
                .execute("UPDATE creators SET follower_count = follower_count - ? WHERE id = ?", count, creator.id());
    }

    /** One of the strangers. */
    private static Person reader(Person creator) {
        List<Object> strangers = Sql.asSuperuser().column("""
                SELECT follower_id FROM follows f WHERE following_id = ? AND is_following
                  AND NOT EXISTS (SELECT FROM profiles WHERE id = f.follower_id) LIMIT 1
                """, creator.id());
        return Person.of((UUID) strangers.get(0));
    }

    private static boolean isStar(Person creator) {
        return Sql.asSuperuser()
                .column("SELECT starred_at IS NOT NULL FROM creators WHERE id = ?", creator.id())
                .equals(List.of(true));
    }
}
