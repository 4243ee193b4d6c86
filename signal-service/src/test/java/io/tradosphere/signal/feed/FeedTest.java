package io.tradosphere.signal.feed;

import static io.tradosphere.signal.SignalSteps.asksToResolve;
import static io.tradosphere.signal.SignalSteps.creator;
import static io.tradosphere.signal.SignalSteps.freshSymbol;
import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.posted;
import static io.tradosphere.signal.SignalSteps.postedBefore;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.SignalSteps.signalFields;
import static io.tradosphere.signal.feed.FeedSteps.awaitBackfilled;
import static io.tradosphere.signal.feed.FeedSteps.feed;
import static io.tradosphere.signal.feed.FeedSteps.pagedFeed;
import static io.tradosphere.signal.feed.FeedSteps.timeline;
import static io.tradosphere.signal.replica.SocialEvents.awaitFollowing;
import static io.tradosphere.signal.replica.SocialEvents.blocked;
import static io.tradosphere.signal.replica.SocialEvents.followed;
import static io.tradosphere.signal.replica.SocialEvents.follows;
import static io.tradosphere.signal.replica.SocialEvents.next;
import static io.tradosphere.signal.replica.SocialEvents.publish;
import static io.tradosphere.signal.replica.SocialEvents.unfollows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
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
    void the_feed_without_follows_is_empty() {
        creator()
                .asking()
                .get("/v1/feed")
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("nextCursor", nullValue());
    }

    @Test
    void a_feed_requires_a_profile() {
        TestUser.nobody().get("/v1/feed").then().statusCode(401);
        TestUser stranger = TestUser.stranger();
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
        TestUser creator = creator();
        TestUser other = creator();
        TestUser reader = creator();
        UUID first = posted(creator, signalFields(freshSymbol()));
        posted(other, signalFields(freshSymbol()));
        UUID second = posted(creator, signalFields(freshSymbol()));

        follows(reader, creator);
        assertThat(feed(reader)).containsExactly(second, first);

        awaitBackfilled(creator);
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
        TestUser creator = creator();
        TestUser reader = creator();
        follows(reader, creator);
        awaitBackfilled(creator);

        UUID signal = posted(creator, signalFields(freshSymbol()));

        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(reader)).containsExactly(signal));
        assertThat(feed(reader)).containsExactly(signal);
    }

    @Test
    void pages_reach_beyond_what_was_fanned_out_and_hold_each_signal_once_though_more_are_posted() {
        TestUser prolific = creator();
        TestUser other = creator();
        TestUser reader = creator();
        FeedSteps.postedLongAgo(prolific, TimelineBackfill.DEPTH + 30);
        for (int i = 0; i < 5; i++) {
            postedBefore(other, freshSymbol(), 86_400 * i);
        }
        List<UUID> expected = FeedSteps.signalsOf(prolific, other);
        follows(reader, prolific);
        follows(reader, other);
        awaitBackfilled(prolific);
        awaitBackfilled(other);
        assertThat(timeline(reader)).hasSize(TimelineBackfill.DEPTH + 5);

        List<UUID> seen = pagedFeed(reader, 17, () -> posted(other, signalFields(freshSymbol())));

        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void timelines_of_followers_of_many_creators_are_backfilled_with_their_own_signals() {
        UUID reader = UUID.randomUUID();
        List<TestUser> creators = Stream.generate(() -> creator()).limit(40).toList();
        creators.forEach(creator -> FeedSteps.postedLongAgo(creator, 3));
        Sql.asSuperuser()
                .script(
                        """
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
                SELECT $reader, unnest($creators::uuid[]), true, 1, 1, 1;
                INSERT INTO creators (id, backfilled) SELECT unnest($creators::uuid[]), false
                ON CONFLICT (id) DO UPDATE SET backfilled = false
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
                                                + " WHERE f.follower_id = ? AND c.backfilled AND f.merged_until = '-infinity'",
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
    @ValueSource(ints = {2 * TimelineBackfill.FOLLOWS_AT_ONCE, 2 * TimelineBackfill.FOLLOWS_AT_ONCE + 1})
    void timelines_of_all_new_followers_are_backfilled_in_any_number_of_batches(int followers) {
        TestUser creator = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        Sql.asSuperuser().script("""
                INSERT INTO follows (follower_id, following_id, is_following, follower_incarnation, following_incarnation, sequence)
                SELECT gen_random_uuid(), $creator, true, 1, 1, 1 FROM generate_series(1, $followers);
                INSERT INTO creators (id, backfilled) VALUES ($creator, false) ON CONFLICT (id) DO UPDATE SET backfilled = false
                """, Map.of("creator", creator, "followers", followers));

        awaitBackfilled(creator);

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
        TestUser creator = creator();
        TestUser reader = creator();
        UUID active = posted(creator, signalFields(freshSymbol()));
        UUID hit = posted(creator, signalFields(freshSymbol()));
        asksToResolve(creator, hit, "hit", "110").then().statusCode(200);
        follows(reader, creator);

        for (boolean backfilled : new boolean[] {false, true}) {
            if (backfilled) {
                awaitBackfilled(creator);
            }
            assertThat(feed(reader, "status", "active")).containsExactly(active);
            assertThat(feed(reader, "status", "hit")).containsExactly(hit);
            assertThat(feed(reader, "status", "miss")).isEmpty();
        }
    }

    @Test
    void an_unfollowed_creator_leaves_the_feed_and_then_the_timeline() {
        TestUser creator = creator();
        TestUser stays = creator();
        TestUser reader = creator();
        posted(creator, signalFields(freshSymbol()));
        UUID kept = posted(stays, signalFields(freshSymbol()));
        follows(reader, creator);
        follows(reader, stays);
        awaitBackfilled(creator);
        awaitBackfilled(stays);

        unfollows(reader, creator);
        assertThat(feed(reader)).containsExactly(kept);

        posted(creator, signalFields(freshSymbol()));
        awaitBackfilled(creator);
        FeedSteps.awaitFannedOut();
        assertThat(timeline(reader)).containsExactly(kept);
        assertThat(feed(reader)).containsExactly(kept);
    }

    @Test
    void following_again_shows_every_signal_again_once() {
        TestUser creator = creator();
        TestUser reader = creator();
        List<UUID> signals = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            follows(reader, creator);
            signals.add(0, posted(creator, signalFields(freshSymbol())));
            await().atMost(SOON).untilAsserted(() -> assertThat(feed(reader)).isEqualTo(signals));
            unfollows(reader, creator);
            signals.add(0, posted(creator, signalFields(freshSymbol())));
        }

        follows(reader, creator);

        assertThat(feed(reader)).isEqualTo(signals);
        awaitBackfilled(creator);
        assertThat(feed(reader)).isEqualTo(signals);
        assertThat(timeline(reader)).containsExactlyInAnyOrderElementsOf(signals);
    }

    @Test
    void a_block_in_either_direction_ends_the_follow() {
        TestUser creator = creator();
        TestUser blocking = creator();
        TestUser blocked = creator();
        UUID signal = posted(creator, signalFields(freshSymbol()));
        follows(blocking, creator);
        follows(blocked, creator);
        awaitBackfilled(creator);
        assertThat(feed(blocking)).containsExactly(signal);

        publish(blocked(blocking, creator), next());
        publish(blocked(creator, blocked), next());

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(feed(blocking)).isEmpty();
            assertThat(feed(blocked)).isEmpty();
        });
        awaitBackfilled(creator);
        assertThat(timeline(blocking)).isEmpty();
        assertThat(timeline(blocked)).isEmpty();
    }

    @Test
    void a_deleted_signal_leaves_feeds_at_once_and_then_timelines() {
        TestUser creator = creator();
        TestUser reader = creator();
        follows(reader, creator);
        UUID kept = posted(creator, signalFields(freshSymbol()));
        UUID back = posted(creator, signalFields(freshSymbol()));
        awaitBackfilled(creator);
        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(reader)).contains(kept, back));

        creator.asking().delete("/v1/signals/{id}", back).then().statusCode(204);

        assertThat(feed(reader)).containsExactly(kept);
        await().atMost(SOON).untilAsserted(() -> assertThat(timeline(reader)).containsExactly(kept));
    }

    @Test
    void an_erased_creator_leaves_the_feeds_of_others_and_loses_their_own() {
        TestUser creator = KnownProfiles.of(Tier.GROW);
        TestUser reader = KnownProfiles.of(Tier.GROW);
        TestUser stays = KnownProfiles.of(Tier.GROW);
        posted(creator, signalFields(freshSymbol()));
        UUID kept = posted(stays, signalFields(freshSymbol()));
        follows(reader, creator);
        follows(reader, stays);
        follows(stays, creator);
        awaitBackfilled(creator);
        awaitBackfilled(stays);

        KnownProfiles.erase(creator, KnownProfiles.incarnation(creator));

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(KnownProfiles.tablesThatMention(creator)).isEmpty());
        assertThat(feed(reader)).containsExactly(kept);
        KnownProfiles.erase(reader, KnownProfiles.incarnation(reader));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(KnownProfiles.tablesThatMention(reader)).isEmpty());
        assertThat(Sql.asSuperuser().number("SELECT follower_count FROM creators WHERE id = ?", stays.id()))
                .isZero();
    }

    @Test
    void a_later_incarnation_keeps_its_feed_when_the_earlier_one_is_erased() {
        Instant born = Instant.now().minusSeconds(3_600);
        TestUser creator = creator();
        TestUser past = KnownProfiles.of(UUID.randomUUID(), Tier.FREE, born);
        long pastLife = KnownProfiles.incarnation(past);
        UUID signal = posted(creator, signalFields(freshSymbol()));
        follows(past, creator);
        awaitBackfilled(creator);
        assertThat(timeline(past)).containsExactly(signal);

        TestUser present = KnownProfiles.of(past.id(), Tier.FREE, Instant.now());
        long renewed = next();
        publish(followed(present, creator), renewed);
        await().atMost(SOON)
                .until(() ->
                        Sql.asSuperuser().number("SELECT sequence FROM follows WHERE follower_id = ?", present.id())
                                == renewed);
        awaitBackfilled(creator);
        KnownProfiles.erase(past, pastLife);

        // The timeline's rows of the past incarnation would go at the latest with those of a witness erased after it.
        TestUser witness = KnownProfiles.of(Tier.FREE);
        KnownProfiles.erase(witness, KnownProfiles.incarnation(witness));
        await().atMost(SOON).until(() -> Sql.asSuperuser().number("""
                        SELECT count(*) FROM erased_profiles WHERE pseudonym IN (auth.pseudonym(?), auth.pseudonym(?))
                        """, witness.id(), present.id()) == 2);
        assertThat(feed(present)).containsExactly(signal);
        assertThat(timeline(present)).containsExactly(signal);
    }

    @Test
    void an_emptied_replica_is_rebuilt_from_the_topics() {
        TestUser creator = creator();
        TestUser reader = creator();
        long sequence = next();
        publish(followed(reader, creator), sequence);
        awaitFollowing(reader, creator, true);
        UUID signal = posted(creator, signalFields(freshSymbol()));
        awaitBackfilled(creator);
        FeedSteps.awaitFannedOut();
        Sql.asSuperuser().script("""
                DELETE FROM follows WHERE following_id = $creator;
                DELETE FROM creators WHERE id = $creator;
                DELETE FROM timeline WHERE creator_id = $creator;
                """, Map.of("creator", creator));
        assertThat(feed(reader)).isEmpty();

        publish(followed(reader, creator), sequence);

        awaitFollowing(reader, creator, true);
        assertThat(feed(reader)).containsExactly(signal);
        awaitBackfilled(creator);
        assertThat(timeline(reader)).containsExactly(signal);
    }
}
