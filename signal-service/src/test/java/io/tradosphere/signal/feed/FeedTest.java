package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.call;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.feed.FeedSteps.awaitSettled;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.feed.FeedSteps.pagedFeed;
import static io.tradosphere.signal.feed.FeedSteps.timeline;
import static io.tradosphere.signal.graph.Social.awaitFollowing;
import static io.tradosphere.signal.graph.Social.blocked;
import static io.tradosphere.signal.graph.Social.followed;
import static io.tradosphere.signal.graph.Social.follows;
import static io.tradosphere.signal.graph.Social.next;
import static io.tradosphere.signal.graph.Social.tell;
import static io.tradosphere.signal.graph.Social.unfollows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class FeedTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void the_feed_of_whoever_follows_nobody_is_empty() {
        creator()
                .asking()
                .get("/v1/feed")
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("nextCursor", nullValue());
    }

    @Test
    void a_feed_is_for_somebody_with_a_profile_alone() {
        Person.nobody().get("/v1/feed").then().statusCode(401);
        Person stranger = Person.stranger();
        stranger.asking().get("/v1/feed").then().statusCode(403).body("type", equalTo(problem("profile-required")));

        isKnownToProfileService(stranger, Tier.FREE);

        stranger.asking().get("/v1/feed").then().statusCode(200);
        stranger.asking()
                .queryParam("status", "open")
                .get("/v1/feed")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("status"));
        stranger.asking().queryParam("cursor", "?").get("/v1/feed").then().statusCode(400);
    }

    @Test
    void a_new_follower_sees_what_is_there_at_once_and_the_same_once_it_is_fanned_out() {
        Person creator = creator();
        Person other = creator();
        Person reader = creator();
        UUID first = posted(creator, call(freshSymbol()));
        posted(other, call(freshSymbol()));
        UUID second = posted(creator, call(freshSymbol()));

        follows(reader, creator);
        assertThat(feed(reader)).containsExactly(second, first);

        awaitSettled(creator);
        assertThat(timeline(reader)).containsExactlyInAnyOrder(first, second);
        assertThat(feed(reader)).containsExactly(second, first);
        reader.asking()
                .get("/v1/feed")
                .then()
                .body("items[0].creator.profileId", equalTo(creator.id().toString()))
                .body("items[0].entryPrice", equalTo("100"));
    }

    @Test
    void what_a_creator_posts_is_fanned_out_to_followers() {
        Person creator = creator();
        Person reader = creator();
        follows(reader, creator);
        awaitSettled(creator);

        UUID signal = posted(creator, call(freshSymbol()));

        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(reader)).containsExactly(signal));
        assertThat(feed(reader)).containsExactly(signal);
    }

    @Test
    void pages_reach_beyond_what_was_fanned_out_and_hold_each_signal_once_though_more_are_posted() {
        Person prolific = creator();
        Person other = creator();
        Person reader = creator();
        FeedSteps.postedLongAgo(prolific, Settling.DEPTH + 30);
        for (int i = 0; i < 5; i++) {
            postedBefore(other, freshSymbol(), 86_400 * i);
        }
        List<UUID> expected = FeedSteps.signalsOf(prolific, other);
        follows(reader, prolific);
        follows(reader, other);
        awaitSettled(prolific);
        awaitSettled(other);
        assertThat(timeline(reader)).hasSize(Settling.DEPTH + 5);

        List<UUID> seen = pagedFeed(reader, 17, () -> posted(other, call(freshSymbol())));

        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void the_followers_of_many_creators_are_settled_each_with_the_signals_of_their_own() {
        UUID reader = UUID.randomUUID();
        List<Person> creators = Stream.generate(() -> creator()).limit(40).toList();
        creators.forEach(creator -> FeedSteps.postedLongAgo(creator, 3));
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
                SELECT $reader, unnest($creators::uuid[]), true, 1, 1, 1;
                INSERT INTO creators (id, settled) SELECT unnest($creators::uuid[]), false
                ON CONFLICT (id) DO UPDATE SET settled = false
                """,
                        Map.of(
                                "reader",
                                reader,
                                "creators",
                                creators.stream()
                                        .map(creator -> creator.id().toString())
                                        .collect(Collectors.joining(",", "{", "}"))));

        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM follows f JOIN creators c ON c.id = f.following_id"
                                                + " WHERE f.follower_id = ? AND c.settled AND f.merged_until = '-infinity'",
                                        reader)
                        == 40);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM timeline t JOIN signals s ON s.id = t.signal_id"
                                        + " AND s.creator_id = t.creator_id WHERE t.reader_id = ?",
                                reader))
                .isEqualTo(120);
    }

    @ParameterizedTest
    @ValueSource(ints = {2 * Settling.FOLLOWS_AT_ONCE, 2 * Settling.FOLLOWS_AT_ONCE + 1})
    void the_timelines_of_all_new_followers_are_filled_however_many_parts_that_takes(int followers) {
        Person creator = creator();
        UUID signal = posted(creator, call(freshSymbol()));
        Sql.asSuperuser().script("""
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
                SELECT gen_random_uuid(), $creator, true, 1, 1, 1 FROM generate_series(1, $followers);
                INSERT INTO creators (id, settled) VALUES ($creator, false) ON CONFLICT (id) DO UPDATE SET settled = false
                """, Map.of("creator", creator, "followers", followers));

        awaitSettled(creator);

        assertThat(Sql.asSuperuser().number("SELECT count(*) FROM timeline WHERE signal_id = ?", signal))
                .isEqualTo(followers);
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM follows WHERE following_id = ? AND merged_until = 'infinity'",
                                creator.id()))
                .isZero();
    }

    @Test
    void a_feed_can_be_of_one_status_alone() {
        Person creator = creator();
        Person reader = creator();
        UUID active = posted(creator, call(freshSymbol()));
        UUID hit = posted(creator, call(freshSymbol()));
        asksToResolve(creator, hit, "hit", "110").then().statusCode(200);
        follows(reader, creator);

        for (boolean settled : new boolean[] {false, true}) {
            if (settled) {
                awaitSettled(creator);
            }
            assertThat(feed(reader, "status", "active")).containsExactly(active);
            assertThat(feed(reader, "status", "hit")).containsExactly(hit);
            assertThat(feed(reader, "status", "miss")).isEmpty();
        }
    }

    @Test
    void whom_the_reader_follows_no_longer_is_gone_from_the_feed_and_then_from_the_timeline() {
        Person creator = creator();
        Person stays = creator();
        Person reader = creator();
        posted(creator, call(freshSymbol()));
        UUID kept = posted(stays, call(freshSymbol()));
        follows(reader, creator);
        follows(reader, stays);
        awaitSettled(creator);
        awaitSettled(stays);

        unfollows(reader, creator);
        assertThat(feed(reader)).containsExactly(kept);

        posted(creator, call(freshSymbol()));
        awaitSettled(creator);
        FeedSteps.awaitFannedOut();
        assertThat(timeline(reader)).containsExactly(kept);
        assertThat(feed(reader)).containsExactly(kept);
    }

    @Test
    void who_follows_again_sees_everything_again_once() {
        Person creator = creator();
        Person reader = creator();
        List<UUID> signals = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            follows(reader, creator);
            signals.add(0, posted(creator, call(freshSymbol())));
            await().atMost(SOON).untilAsserted(() -> assertThat(feed(reader)).isEqualTo(signals));
            unfollows(reader, creator);
            signals.add(0, posted(creator, call(freshSymbol())));
        }

        follows(reader, creator);

        assertThat(feed(reader)).isEqualTo(signals);
        awaitSettled(creator);
        assertThat(feed(reader)).isEqualTo(signals);
        assertThat(timeline(reader)).containsExactlyInAnyOrderElementsOf(signals);
    }

    @Test
    void a_block_either_way_ends_it() {
        Person creator = creator();
        Person blocking = creator();
        Person blocked = creator();
        UUID signal = posted(creator, call(freshSymbol()));
        follows(blocking, creator);
        follows(blocked, creator);
        awaitSettled(creator);
        assertThat(feed(blocking)).containsExactly(signal);

        tell(blocked(blocking, creator), next());
        tell(blocked(creator, blocked), next());

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(feed(blocking)).isEmpty();
            assertThat(feed(blocked)).isEmpty();
        });
        awaitSettled(creator);
        assertThat(timeline(blocking)).isEmpty();
        assertThat(timeline(blocked)).isEmpty();
    }

    @Test
    void a_signal_that_is_taken_back_is_gone_at_once_and_then_from_timelines() {
        Person creator = creator();
        Person reader = creator();
        follows(reader, creator);
        UUID kept = posted(creator, call(freshSymbol()));
        UUID back = posted(creator, call(freshSymbol()));
        awaitSettled(creator);
        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(reader)).contains(kept, back));

        creator.asking().delete("/v1/signals/{id}", back).then().statusCode(204);

        assertThat(feed(reader)).containsExactly(kept);
        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(reader)).containsExactly(kept));
    }

    @Test
    void whoever_is_erased_is_gone_from_the_feeds_of_others_and_so_is_their_own() {
        Person creator = Acquaintance.of(Tier.GROW);
        Person reader = Acquaintance.of(Tier.GROW);
        Person stays = Acquaintance.of(Tier.GROW);
        posted(creator, call(freshSymbol()));
        UUID kept = posted(stays, call(freshSymbol()));
        follows(reader, creator);
        follows(reader, stays);
        follows(stays, creator);
        awaitSettled(creator);
        awaitSettled(stays);

        Acquaintance.erase(creator, Acquaintance.incarnation(creator));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(Acquaintance.tablesThatMention(creator)).isEmpty());
        assertThat(feed(reader)).containsExactly(kept);
        Acquaintance.erase(reader, Acquaintance.incarnation(reader));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(Acquaintance.tablesThatMention(reader)).isEmpty());
        assertThat(Sql.asSuperuser().number("SELECT follower_count FROM creators WHERE id = ?", stays.id()))
                .isZero();
    }

    @Test
    void a_reader_who_has_come_back_keeps_the_feed_of_the_present_life_when_the_past_one_is_erased() {
        Instant born = Instant.now().minusSeconds(3_600);
        Person creator = creator();
        Person past = Acquaintance.of(UUID.randomUUID(), Tier.FREE, born);
        long pastLife = Acquaintance.incarnation(past);
        UUID signal = posted(creator, call(freshSymbol()));
        follows(past, creator);
        awaitSettled(creator);
        assertThat(timeline(past)).containsExactly(signal);

        Person present = Acquaintance.of(past.id(), Tier.FREE, Instant.now());
        long renewed = next();
        tell(followed(present, creator), renewed);
        await().atMost(SOON)
                .until(() ->
                        Sql.asSuperuser().number("SELECT sequence FROM follows WHERE follower_id = ?", present.id())
                                == renewed);
        awaitSettled(creator);
        Acquaintance.erase(past, pastLife);

        // The timeline's rows of the past life would go at the latest with those of a witness erased after it.
        Person witness = Acquaintance.of(Tier.FREE);
        Acquaintance.erase(witness, Acquaintance.incarnation(witness));
        await().atMost(SOON).until(() -> Sql.asSuperuser().number("""
                        SELECT count(*) FROM departed WHERE pseudonym IN (auth.pseudonym(?), auth.pseudonym(?))
                        """, witness.id(), present.id()) == 2);
        assertThat(feed(present)).containsExactly(signal);
        assertThat(timeline(present)).containsExactly(signal);
    }

    @Test
    void an_emptied_copy_catches_up_by_the_events_there_were() {
        Person creator = creator();
        Person reader = creator();
        long sequence = next();
        tell(followed(reader, creator), sequence);
        awaitFollowing(reader, creator, true);
        UUID signal = posted(creator, call(freshSymbol()));
        awaitSettled(creator);
        FeedSteps.awaitFannedOut();
        Sql.asSuperuser().script("""
                DELETE FROM follows WHERE following_id = $creator;
                DELETE FROM creators WHERE id = $creator;
                DELETE FROM timeline WHERE creator_id = $creator;
                """, Map.of("creator", creator));
        assertThat(feed(reader)).isEmpty();

        tell(followed(reader, creator), sequence);

        awaitFollowing(reader, creator, true);
        assertThat(feed(reader)).containsExactly(signal);
        awaitSettled(creator);
        assertThat(timeline(reader)).containsExactly(signal);
    }
}
