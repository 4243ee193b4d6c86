package io.tradosphere.social.security;

import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The row security of a session with the role of the service. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class RowSecurityTest {

    private static final String NOT_PERMITTED = "42501";
    private static final String FOLLOW = "INSERT INTO follows (follower_id, following_id) VALUES (?, ?)";
    private static final String BLOCK = "INSERT INTO blocks (blocker_id, blocked_id) VALUES (?, ?)";

    @Test
    void a_session_cannot_follow_for_another() {
        TestUser me = TestProfiles.known();
        TestUser victim = TestProfiles.known();
        TestUser star = TestProfiles.known();

        assertThat(claiming(me).refusal(FOLLOW, victim.id(), star.id())).isEqualTo(NOT_PERMITTED);
        assertThat(nobody().refusal(FOLLOW, victim.id(), star.id())).isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).execute(FOLLOW, me.id(), star.id())).isEqualTo(1);
    }

    @Test
    void a_batch_session_acts_for_each_of_its_callers_and_no_others() {
        TestUser one = TestProfiles.known();
        TestUser two = TestProfiles.known();
        TestUser victim = TestProfiles.known();
        TestUser star = TestProfiles.known();
        Sql both = nobody().claimingAll(one, two);
        String followBoth = "INSERT INTO follows (follower_id, following_id) SELECT unnest(?::uuid[]), ?";

        assertThat(both.refusal(FOLLOW, victim.id(), star.id())).isEqualTo(NOT_PERMITTED);
        assertThat(both.refusal(followBoth, "{" + one.id() + "," + victim.id() + "}", star.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(both.execute(followBoth, "{" + one.id() + "," + two.id() + "}", star.id()))
                .isEqualTo(2);
        assertThat(nobody().claimingAll().refusal(FOLLOW, one.id(), victim.id()))
                .isEqualTo(NOT_PERMITTED);
    }

    @Test
    void the_date_and_incarnations_of_a_follow_cannot_be_set() {
        TestUser me = TestProfiles.known();
        TestUser star = TestProfiles.known();

        assertThat(claiming(me)
                        .refusal(
                                "INSERT INTO follows (follower_id, following_id, created_at) VALUES (?, ?, '1970-01-01')",
                                me.id(),
                                star.id()))
                .isEqualTo(NOT_PERMITTED);
        claiming(me).execute(FOLLOW, me.id(), star.id());
        assertThat(claiming(me).refusal("UPDATE follows SET created_at = '1970-01-01' WHERE follower_id = ?", me.id()))
                .isEqualTo(NOT_PERMITTED);
        claiming(me)
                .execute(
                        "UPDATE follows SET follower_incarnation = 99, following_incarnation = 99 WHERE follower_id = ?",
                        me.id());

        assertThat(Sql.asSuperuser()
                        .column(
                                "SELECT follower_incarnation + following_incarnation FROM follows WHERE follower_id = ?",
                                me.id()))
                .containsExactly(2L);
    }

    @Test
    void follows_between_others_cannot_be_ended_or_renewed() {
        TestUser fan = TestProfiles.known();
        TestUser star = TestProfiles.known();
        TestUser other = TestProfiles.known();
        claiming(fan).execute(FOLLOW, fan.id(), star.id());

        assertThat(claiming(other).execute("DELETE FROM follows WHERE follower_id = ?", fan.id()))
                .isZero();
        assertThat(nobody().execute("DELETE FROM follows WHERE follower_id = ?", fan.id()))
                .isZero();
        assertThat(claiming(other)
                        .execute("UPDATE follows SET follower_incarnation = 2 WHERE follower_id = ?", fan.id()))
                .isZero();
        assertThat(claiming(star).execute("DELETE FROM follows WHERE follower_id = ?", fan.id()))
                .isEqualTo(1);
    }

    @Test
    void a_block_prevents_the_insert_of_a_follow_and_discloses_nothing_about_others() {
        TestUser blocker = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        TestUser other = TestProfiles.known();
        claiming(blocker).execute(BLOCK, blocker.id(), blocked.id());

        assertThat(claiming(blocked).execute(FOLLOW, blocked.id(), blocker.id()))
                .isZero();
        assertThat(claiming(other).refusal(FOLLOW, blocked.id(), blocker.id())).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void blocks_of_others_cannot_be_read_created_or_removed() {
        TestUser blocker = TestProfiles.known();
        TestUser blocked = TestProfiles.known();
        TestUser other = TestProfiles.known();
        claiming(blocker).execute(BLOCK, blocker.id(), blocked.id());
        String count = "SELECT count(*) FROM blocks WHERE blocker_id = ?";

        assertThat(claiming(blocker).number(count, blocker.id())).isEqualTo(1);
        assertThat(claiming(other).number(count, blocker.id())).isZero();
        assertThat(nobody().number(count, blocker.id())).isZero();
        assertThat(claiming(other).refusal(BLOCK, blocker.id(), other.id())).isEqualTo(NOT_PERMITTED);
        assertThat(claiming(blocked).execute("DELETE FROM blocks WHERE blocker_id = ?", blocker.id()))
                .isZero();
    }

    @Test
    void a_member_cannot_make_itself_owner() {
        TestUser owner = TestProfiles.known(Tier.ELITE);
        TestUser me = TestProfiles.known(Tier.LEGEND);
        UUID clan = clanOf(owner);
        join(clan, me);

        assertThat(claiming(me).refusal("UPDATE clans SET owner_id = ? WHERE id = ?", me.id(), clan))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).execute("UPDATE clans SET name = 'Mine now' WHERE id = ?", clan))
                .isZero();
        assertThat(claiming(me).refusal("UPDATE clans SET member_count = 99 WHERE id = ?", clan))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).execute("DELETE FROM clans WHERE id = ?", clan)).isZero();
        assertThat(claiming(me).execute("UPDATE clan_members SET role = 'owner' WHERE user_id = ?", me.id()))
                .isZero();
        for (Sql session : List.of(claiming(me), nobody())) {
            assertThat(session.column("SELECT accept_clan_ownership(?, 9)", clan))
                    .containsExactly("NOT_OFFERED");
            assertThat(session.column("SELECT invite_to_clan(?, ?, 'admin', 9, 9)", clan, me.id()))
                    .containsExactly("FORBIDDEN");
            assertThat(session.refusal(
                            "INSERT INTO clan_invitations (clan_id, user_id, role) VALUES (?, ?, 'owner')",
                            clan,
                            me.id()))
                    .isEqualTo(NOT_PERMITTED);
            assertThat(session.refusal("DELETE FROM clan_removals")).isEqualTo(NOT_PERMITTED);
        }
        assertThat(claiming(me)
                        .refusal(
                                "INSERT INTO clan_members (clan_id, user_id, role) VALUES (?, ?, 'owner')",
                                clan,
                                me.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void the_owner_cannot_leave_a_clan_without_an_owner() {
        TestUser owner = TestProfiles.known(Tier.ELITE);
        TestUser member = TestProfiles.known();
        UUID clan = clanOf(owner);
        join(clan, member);

        assertThat(claiming(owner).execute("DELETE FROM clan_members WHERE clan_id = ? AND role = 'owner'", clan))
                .isZero();
        assertThat(claiming(owner).execute("UPDATE clan_members SET role = 'member' WHERE role = 'owner'"))
                .isZero();
        assertThat(claiming(owner)
                        .refusal(
                                "UPDATE clan_members SET role = 'owner' WHERE clan_id = ? AND user_id = ?",
                                clan,
                                member.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(owner).refusal("UPDATE clans SET owner_id = ? WHERE id = ?", member.id(), clan))
                .isEqualTo(NOT_PERMITTED);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void members_and_clans_cannot_be_created_for_others_or_below_elite() {
        TestUser owner = TestProfiles.known(Tier.ELITE);
        TestUser me = TestProfiles.known(Tier.GROW);
        TestUser victim = TestProfiles.known(Tier.ELITE);
        UUID clan = clanOf(owner);
        String found = "INSERT INTO clans (owner_id, name) VALUES (?, ?)";

        for (TestUser added : List.of(me, victim)) {
            assertThat(claiming(me)
                            .refusal("INSERT INTO clan_members (clan_id, user_id) VALUES (?, ?)", clan, added.id()))
                    .isEqualTo(NOT_PERMITTED);
        }
        assertThat(claiming(me)
                        .refusal(
                                "INSERT INTO clan_members (clan_id, user_id, joined_at) VALUES (?, ?, '1970-01-01')",
                                clan,
                                me.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me)
                        .refusal(found, me.id(), "Too low " + me.id().toString().substring(0, 8)))
                .isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).refusal(found, victim.id(), "Not mine")).isEqualTo(NOT_PERMITTED);
        assertThat(nobody().refusal(found, victim.id(), "Nobody's")).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void the_profile_replica_and_the_platform_tables_are_not_accessible() {
        TestUser me = TestProfiles.known();

        assertThat(claiming(me).refusal("UPDATE profiles SET tier = 'legend' WHERE id = ?", me.id()))
                .isEqualTo(NOT_PERMITTED);
        for (String table : List.of("outbox", "inbox", "dead_letters", "erased_profiles", "consumed_partitions")) {
            assertThat(claiming(me).refusal("DELETE FROM " + table)).isEqualTo(NOT_PERMITTED);
        }
        assertThat(nobody().refusal("INSERT INTO outbox (topic, key, subject) VALUES ('t', 'k', 's')"))
                .isEqualTo(NOT_PERMITTED);
    }

    private static Sql claiming(TestUser person) {
        return nobody().claiming(person.id());
    }

    private static Sql nobody() {
        return Sql.as(Slice.Role.APP);
    }
}
