package io.tradosphere.social.erasure;

import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.giveRole;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.test.Told.TOMBSTONE;
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
import io.tradosphere.social.Someone;
import io.tradosphere.test.OpenTransaction;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.Told;
import io.tradosphere.test.TopicTap;
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
    void whom_an_erased_person_followed_has_one_follower_less_and_whoever_followed_them_is_left_in_peace() {
        Person erased = Someone.known();
        Person star = Someone.known();
        Person fan = Someone.known();
        follow(erased, star);
        follow(fan, erased);

        Someone.isErased(erased, 1);

        Told told = Told.exactly(
                Topic.FOLLOWS, erased.id() + ":" + star.id(), "social.followed", "social.unfollowed", TOMBSTONE);
        assertThat(told.event(1, Unfollowed.class).followerIncarnation()).isEqualTo(1);
        Told.exactly(Topic.FOLLOWS, fan.id() + ":" + erased.id(), "social.followed", TOMBSTONE);
        assertThat(tracesOf(erased)).isZero();
        Person.nobody()
                .get("/v1/follows/{id}/followers", star.id())
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));
        Person.nobody().get("/v1/follows/{id}/followers", erased.id()).then().statusCode(404);
    }

    @Test
    void blocks_of_an_erased_person_end_both_ways() {
        Person erased = Someone.known();
        Person other = Someone.known();
        block(erased, other);
        block(other, erased);

        Someone.isErased(erased, 1);

        Told.exactly(Topic.BLOCKS, erased.id() + ":" + other.id(), "social.blocked", "social.unblocked", TOMBSTONE);
        Told.exactly(Topic.BLOCKS, other.id() + ":" + erased.id(), "social.blocked", TOMBSTONE);
        assertThat(tracesOf(erased)).isZero();
    }

    @Test
    void an_erased_member_leaves_their_clans() {
        Person erased = Someone.known();
        UUID clan = clanOf(Someone.known(Tier.ELITE));
        erased.asking()
                .header("Idempotency-Key", "join")
                .post("/v1/clans/{id}/members", clan)
                .then()
                .statusCode(201);

        Someone.isErased(erased, 1);

        Told.exactly(
                Topic.CLAN_MEMBERS,
                clan + ":" + erased.id(),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        Told told = Told.exactly(
                Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-changed", "social.clan-changed");
        assertThat(told.event(2, ClanChanged.class).memberCount()).isEqualTo(1);
        assertThat(isSound(clan)).isTrue();
        assertThat(tracesOf(erased)).isZero();
    }

    @Test
    void a_clan_of_an_erased_owner_passes_to_its_longest_serving_admin() {
        Person owner = Someone.known(Tier.ELITE);
        List<Person> people = Someone.known(3);
        UUID clan = clanOf(owner);
        people.forEach(person -> join(clan, person));
        giveRole(owner, clan, people.get(2), "admin");
        giveRole(owner, clan, people.get(1), "admin");

        Someone.isErased(owner, 1);

        Told.exactly(
                Topic.CLAN_MEMBERS,
                clan + ":" + owner.id(),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        Told heir = Told.of(Topic.CLAN_MEMBERS, clan + ":" + people.get(1).id());
        ClanMemberRoleChanged crowned = heir.event(2, ClanMemberRoleChanged.class);
        assertThat(crowned.role()).isEqualTo(ClanRole.OWNER);
        assertThat(crowned.previousRole()).isEqualTo(ClanRole.ADMIN);
        Told told = Told.of(Topic.CLANS, clan.toString());
        ClanChanged last = told.event(told.types().size() - 1, ClanChanged.class);
        assertThat(last.ownerId()).isEqualTo(people.get(1).id());
        assertThat(last.memberCount()).isEqualTo(3);
        assertThat(isSound(clan)).isTrue();
        assertThat(tracesOf(owner)).isZero();
    }

    @Test
    void a_clan_without_admins_passes_to_its_longest_serving_member() {
        Person owner = Someone.known(Tier.ELITE);
        List<Person> people = Someone.known(2);
        UUID clan = clanOf(owner);
        people.forEach(person -> join(clan, person));

        Someone.isErased(owner, 1);

        Person.nobody()
                .get("/v1/clans/{id}", clan)
                .then()
                .statusCode(200)
                .body("ownerId", equalTo(people.get(0).id().toString()));
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void a_clan_whose_only_member_is_erased_is_dissolved() {
        Person owner = Someone.known(Tier.ELITE);
        UUID clan = clanOf(owner);

        Someone.isErased(owner, 1);

        Told.exactly(Topic.CLANS, clan.toString(), "social.clan-created", "social.clan-deleted", TOMBSTONE);
        Told.exactly(
                Topic.CLAN_MEMBERS,
                clan + ":" + owner.id(),
                "social.clan-member-joined",
                "social.clan-member-left",
                TOMBSTONE);
        Person.nobody().get("/v1/clans/{id}", clan).then().statusCode(404);
    }

    @Test
    void the_deletion_of_a_profile_alone_erases_too_and_the_erasure_after_it_changes_nothing() {
        Person erased = Someone.known();
        Person star = Someone.known();
        follow(erased, star);

        TopicTap.publish(new ProfileDeleted(erased.id()), Someone.nextSequence());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> tracesOf(erased) == 0);
        Someone.isErased(erased, 1);

        Told.exactly(Topic.FOLLOWS, erased.id() + ":" + star.id(), "social.followed", "social.unfollowed", TOMBSTONE);
    }

    @Test
    void what_somebody_did_in_a_new_life_survives_the_erasure_of_the_old() {
        Person person = Someone.known();
        Person star = Someone.known();
        Person other = Someone.known();
        Person blocked = Someone.known();
        follow(person, star);
        follow(person, other);
        follow(star, person);
        block(person, blocked);
        Someone.comesBack(person, 2);
        follow(person, star);
        follow(star, person);
        block(person, blocked);

        Someone.isErased(person, 1);

        Told told = Told.exactly(Topic.FOLLOWS, person.id() + ":" + star.id(), "social.followed", "social.followed");
        assertThat(told.event(1, Followed.class).followerIncarnation()).isEqualTo(2);
        Told.exactly(Topic.FOLLOWS, star.id() + ":" + person.id(), "social.followed", "social.followed");
        Told.exactly(Topic.FOLLOWS, person.id() + ":" + other.id(), "social.followed", "social.unfollowed", TOMBSTONE);
        Told.exactly(Topic.BLOCKS, person.id() + ":" + blocked.id(), "social.blocked", "social.blocked");
        person.asking().get("/v1/follows/{id}", star.id()).then().body("mutual", equalTo(true));
        Someone.awaitIncarnation(person.id(), 2);
    }

    @Test
    void a_star_is_erased_part_by_part_while_people_still_follow() {
        Person star = Someone.known();
        List<Person> fans = Someone.known(4);
        Sql.asSuperuser().execute("""
                        INSERT INTO profiles (id, username, tier, incarnation, sequence)
                        SELECT md5(? || n)::uuid, 'crowd' || n, 'free', 1, 1 FROM generate_series(1, 2500) AS n
                        """, star.id().toString());
        Sql.asSuperuser().execute("""
                        INSERT INTO follows (follower_id, following_id)
                        SELECT md5(? || n)::uuid, ?::uuid FROM generate_series(1, 2500) AS n
                        """, star.id().toString(), star.id());
        AtomicBoolean gone = new AtomicBoolean();
        Thread crowd = new Thread(() -> {
            while (!gone.get()) {
                fans.forEach(fan -> {
                    fan.asking().put("/v1/follows/{id}", star.id());
                    fan.asking().delete("/v1/follows/{id}", star.id());
                });
            }
        });
        crowd.start();

        try {
            Someone.isErased(star, 1);
        } finally {
            gone.set(true);
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
    void a_follow_of_somebody_who_is_erased_at_that_moment_finds_nobody() throws SQLException {
        Person star = Someone.known();
        Person fan = Someone.known();

        int status = whileGoing(
                star,
                "SELECT lock_pair($star, $other)",
                fan,
                () -> fan.asking().put("/v1/follows/{id}", star.id()).statusCode());

        assertThat(status).isEqualTo(404);
    }

    @Test
    void a_block_of_somebody_who_is_erased_at_that_moment_finds_nobody() throws SQLException {
        Person star = Someone.known();
        Person foe = Someone.known();

        int status = whileGoing(
                star,
                "SELECT lock_pair($star, $other)",
                foe,
                () -> foe.asking().put("/v1/follows/blocks/{id}", star.id()).statusCode());

        assertThat(status).isEqualTo(404);
    }

    @Test
    void whoever_joins_a_clan_while_being_erased_has_no_profile() throws SQLException {
        Person leaver = Someone.known();
        UUID clan = clanOf(Someone.known(Tier.ELITE));

        int status = whileGoing(
                leaver,
                "SELECT FROM clans WHERE id = $other FOR UPDATE",
                clan,
                () -> leaver.asking()
                        .header("Idempotency-Key", "join")
                        .post("/v1/clans/{id}/members", clan)
                        .statusCode());

        assertThat(status).isEqualTo(403);
    }

    /** The answer to a call that has begun when somebody is still there, and goes on when they have gone. */
    private static int whileGoing(Person star, String lock, Object other, Supplier<Integer> call) throws SQLException {
        Map<String, Object> names = Map.of("star", star, "other", other);
        try (OpenTransaction going = OpenTransaction.of(lock, names)) {
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(call);
            going.awaitSomebodyBehind();
            going.execute("DELETE FROM profiles WHERE id = $star", names);
            going.commit();
            return status.join();
        }
    }

    private static long tracesOf(Person person) {
        UUID id = person.id();
        return Sql.asSuperuser().number(TRACES, id, id, id, id, id, id);
    }

    private static void follow(Person follower, Person star) {
        follower.asking().put("/v1/follows/{id}", star.id()).then().statusCode(204);
    }

    private static void block(Person blocker, Person blocked) {
        blocker.asking().put("/v1/follows/blocks/{id}", blocked.id()).then().statusCode(204);
    }
}
