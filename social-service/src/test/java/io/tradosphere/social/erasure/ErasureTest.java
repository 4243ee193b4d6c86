package io.tradosphere.social.erasure;

import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.social.clan.ClanSteps.setRole;
import static io.tradosphere.test.PublishedEvents.TOMBSTONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.profile.ProfileDeleted;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.contracts.social.Followed;
import io.tradosphere.contracts.social.Unfollowed;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ErasureTest {

    private static final String TRACES = """
            SELECT (SELECT count(*) FROM follows WHERE ?::uuid IN (follower_id, following_id))
                 + (SELECT count(*) FROM blocks WHERE ?::uuid IN (blocker_id, blocked_id))
                 + (SELECT count(*) FROM clan_members WHERE user_id = ?)
                 + (SELECT count(*) FROM clans WHERE owner_id = ?)
                 + (SELECT count(*) FROM profiles WHERE id = ?)
                 + (SELECT count(*) FROM idempotency_keys WHERE caller_id = ?)
            """;

    @Test
    void follows_by_an_erased_person_are_published_as_ended_and_follows_of_them_only_tombstoned() {
        TestUser erased = TestProfiles.known();
        TestUser star = TestProfiles.known();
        TestUser fan = TestProfiles.known();
        follow(erased, star);
        follow(fan, erased);

        TestProfiles.erase(erased, 1);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.FOLLOWS, erased.id() + ":" + star.id(), "social.followed", "social.unfollowed", TOMBSTONE);
        assertThat(published.event(1, Unfollowed.class).followerIncarnation()).isEqualTo(1);
        PublishedEvents.exactly(Topic.FOLLOWS, fan.id() + ":" + erased.id(), "social.followed", TOMBSTONE);
        assertThat(tracesOf(erased)).isZero();
        TestUser.nobody()
                .get("/v1/follows/{id}/followers", star.id())
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));
        TestUser.nobody().get("/v1/follows/{id}/followers", erased.id()).then().statusCode(404);
    }

    @Test
    void blocks_of_an_erased_person_end_both_ways() {
        TestUser erased = TestProfiles.known();
        TestUser other = TestProfiles.known();
        block(erased, other);
        block(other, erased);

        TestProfiles.erase(erased, 1);

        PublishedEvents.exactly(
                Topic.BLOCKS, erased.id() + ":" + other.id(), "social.blocked", "social.unblocked", TOMBSTONE);
        PublishedEvents.exactly(Topic.BLOCKS, other.id() + ":" + erased.id(), "social.blocked", TOMBSTONE);
        assertThat(tracesOf(erased)).isZero();
    }

    @Test
    void an_erased_member_leaves_their_clans() {
        TestUser erased = TestProfiles.known();
        UUID clan = clanOf(TestProfiles.known(Tier.ELITE));
        erased.asking()
                .header("Idempotency-Key", "join")
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(201);

        TestProfiles.erase(erased, 1);

        PublishedEvents.exactly(
                Topic.CLAN_MEMBERS,
                clan + ":" + erased.id(),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        PublishedEvents published = PublishedEvents.exactly(
                Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-changed", "social.clan-changed");
        assertThat(published.event(2, ClanChanged.class).memberCount()).isEqualTo(1);
        assertThat(isSound(clan)).isTrue();
        assertThat(tracesOf(erased)).isZero();
    }

    @Test
    void a_clan_of_an_erased_owner_passes_to_its_longest_serving_admin() {
        TestUser owner = TestProfiles.known(Tier.ELITE);
        List<TestUser> people = TestProfiles.known(3);
        UUID clan = clanOf(owner);
        people.forEach(person -> join(clan, person));
        setRole(owner, clan, people.get(2), "admin");
        setRole(owner, clan, people.get(1), "admin");

        TestProfiles.erase(owner, 1);

        PublishedEvents.exactly(
                Topic.CLAN_MEMBERS,
                clan + ":" + owner.id(),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        PublishedEvents newOwner = PublishedEvents.of(
                Topic.CLAN_MEMBERS, clan + ":" + people.get(1).id());
        ClanMemberRoleChanged roleChanged = newOwner.event(2, ClanMemberRoleChanged.class);
        assertThat(roleChanged.role()).isEqualTo(ClanRole.OWNER);
        assertThat(roleChanged.previousRole()).isEqualTo(ClanRole.ADMIN);
        PublishedEvents published = PublishedEvents.of(Topic.CLANS, clan.toString());
        ClanChanged last = published.event(published.types().size() - 1, ClanChanged.class);
        assertThat(last.ownerId()).isEqualTo(people.get(1).id());
        assertThat(last.memberCount()).isEqualTo(3);
        assertThat(isSound(clan)).isTrue();
        assertThat(tracesOf(owner)).isZero();
    }

    @Test
    void a_clan_without_admins_passes_to_its_longest_serving_member() {
        TestUser owner = TestProfiles.known(Tier.ELITE);
        List<TestUser> people = TestProfiles.known(2);
        UUID clan = clanOf(owner);
        people.forEach(person -> join(clan, person));

        TestProfiles.erase(owner, 1);

        TestUser.nobody()
                .get("/v1/clans/{id}", clan)
                .then()
                .statusCode(200)
                .body("ownerId", equalTo(people.get(0).id().toString()));
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void a_clan_whose_only_member_is_erased_is_deleted() {
        TestUser owner = TestProfiles.known(Tier.ELITE);
        UUID clan = clanOf(owner);

        TestProfiles.erase(owner, 1);

        PublishedEvents.exactly(Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-deleted", TOMBSTONE);
        PublishedEvents.exactly(
                Topic.CLAN_MEMBERS,
                clan + ":" + owner.id(),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        TestUser.nobody().get("/v1/clans/{id}", clan).then().statusCode(404);
    }

    @Test
    void the_deletion_of_a_profile_alone_erases_too_and_the_erasure_after_it_changes_nothing() {
        TestUser erased = TestProfiles.known();
        TestUser star = TestProfiles.known();
        follow(erased, star);

        TopicReader.publish(new ProfileDeleted(erased.id()), TestProfiles.nextSequence());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tracesOf(erased) == 0);
        TestProfiles.erase(erased, 1);

        PublishedEvents.exactly(
                Topic.FOLLOWS, erased.id() + ":" + star.id(), "social.followed", "social.unfollowed", TOMBSTONE);
    }

    @Test
    void data_of_a_new_incarnation_survives_the_erasure_of_the_old_one() {
        TestUser person = TestProfiles.known();
        TestUser star = TestProfiles.known();
        TestUser other = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        follow(person, star);
        follow(person, other);
        follow(star, person);
        block(person, blocked);
        TestProfiles.publishNewIncarnation(person, 2);
        follow(person, star);
        follow(star, person);
        block(person, blocked);

        TestProfiles.erase(person, 1);

        PublishedEvents published = PublishedEvents.exactly(
                Topic.FOLLOWS, person.id() + ":" + star.id(), "social.followed", "social.followed");
        assertThat(published.event(1, Followed.class).followerIncarnation()).isEqualTo(2);
        PublishedEvents.exactly(Topic.FOLLOWS, star.id() + ":" + person.id(), "social.followed", "social.followed");
        PublishedEvents.exactly(
                Topic.FOLLOWS, person.id() + ":" + other.id(), "social.followed", "social.unfollowed", TOMBSTONE);
        PublishedEvents.exactly(Topic.BLOCKS, person.id() + ":" + blocked.id(), "social.blocked", "social.blocked");
        person.asking().get("/v1/follows/{id}", star.id()).then().body("mutual", equalTo(true));
        TestProfiles.awaitIncarnation(person.id(), 2);
    }

    @Test
    void a_much_followed_profile_is_erased_in_batches_while_others_still_follow() {
        TestUser star = TestProfiles.known();
        List<TestUser> fans = TestProfiles.known(4);
        Sql.asSuperuser().execute("""
                        INSERT INTO profiles (id, username, tier, incarnation, sequence)
                        SELECT md5(? || n)::uuid, 'crowd' || n, 'free', 1, 1 FROM generate_series(1, 2500) AS n
                        """, star.id().toString());
        Sql.asSuperuser().execute("""
                        INSERT INTO follows (follower_id, following_id)
                        SELECT md5(? || n)::uuid, ?::uuid FROM generate_series(1, 2500) AS n
                        """, star.id().toString(), star.id());
        AtomicBoolean erased = new AtomicBoolean();
        Thread crowd = new Thread(() -> {
            while (!erased.get()) {
                fans.forEach(fan -> {
                    fan.asking().put("/v1/follows/{id}", star.id());
                    fan.asking().delete("/v1/follows/{id}", star.id());
                });
            }
        });
        crowd.start();

        try {
            TestProfiles.erase(star, 1);
        } finally {
            erased.set(true);
        }

        Awaitility.await().until(() -> !crowd.isAlive());
        assertThat(tracesOf(star)).isZero();
        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM dead_letters WHERE letter_key = ?",
                                star.id().toString()))
                .isZero();
        follow(fans.get(0), fans.get(1));
        fans.get(0).asking().put("/v1/follows/{id}", star.id()).then().statusCode(404);
    }

    @Test
    void an_erased_persons_parked_events_are_deleted() {
        TestUser erased = TestProfiles.known();
        Sql.asSuperuser().execute("""
                INSERT INTO outbox_parked (id, event_id, topic, key, subject, created_at, reason)
                VALUES (nextval('outbox_sequence'), uuidv7(), 'tradosphere.social.follows', ?, 's', now(), 'because')
                """, erased.id() + ":" + UUID.randomUUID());

        TestProfiles.erase(erased, 1);

        assertThat(Sql.asSuperuser()
                        .number(
                                "SELECT count(*) FROM outbox_parked WHERE position(? IN key) > 0",
                                erased.id().toString()))
                .isZero();
    }

    @Test
    void a_follow_of_a_concurrently_erased_profile_gets_unknown_profile() throws SQLException {
        TestUser star = TestProfiles.known();
        TestUser fan = TestProfiles.known();

        int status = duringErasureOf(
                star,
                TestProfiles.LOCK_PAIR,
                fan,
                () -> fan.asking().put("/v1/follows/{id}", star.id()).statusCode());

        assertThat(status).isEqualTo(404);
    }

    @Test
    void a_block_of_a_concurrently_erased_profile_gets_unknown_profile() throws SQLException {
        TestUser star = TestProfiles.known();
        TestUser foe = TestProfiles.known();

        int status = duringErasureOf(
                star,
                TestProfiles.LOCK_PAIR,
                foe,
                () -> foe.asking().put("/v1/follows/blocks/{id}", star.id()).statusCode());

        assertThat(status).isEqualTo(404);
    }

    @Test
    void joining_a_clan_during_ones_erasure_gets_profile_required() throws SQLException {
        TestUser leaver = TestProfiles.known();
        UUID clan = clanOf(TestProfiles.known(Tier.ELITE));

        int status = duringErasureOf(
                leaver,
                "SELECT FROM clans WHERE id = $other FOR UPDATE",
                clan,
                () -> leaver.asking()
                        .header("Idempotency-Key", "join")
                        .post("/v1/clans/{id}/members", clan)
                        .statusCode());

        assertThat(status).isEqualTo(403);
    }

    /** The status of a request that starts before the erasure of a profile and continues after it. */
    private static int duringErasureOf(TestUser star, String lock, Object other, Supplier<Integer> call)
            throws SQLException {
        Map<String, Object> names = Map.of("star", star, "other", other);
        try (OpenTransaction erasure = OpenTransaction.of(lock, names)) {
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(call);
            erasure.awaitSomebodyBehind();
            erasure.execute("DELETE FROM profiles WHERE id = $star", names);
            erasure.commit();
            return status.join();
        }
    }

    private static long tracesOf(TestUser person) {
        UUID id = person.id();
        return Sql.asSuperuser().number(TRACES, id, id, id, id, id, id);
    }

    private static void follow(TestUser follower, TestUser star) {
        follower.asking().put("/v1/follows/{id}", star.id()).then().statusCode(204);
    }

    private static void block(TestUser blocker, TestUser blocked) {
        blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
    }
}
