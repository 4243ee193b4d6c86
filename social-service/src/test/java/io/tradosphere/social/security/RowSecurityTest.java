package io.tradosphere.social.security;

import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.social.Someone;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a session as the service's own role can do to the data when nothing but the database stands in its way. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class RowSecurityTest {

    private static final String NOT_PERMITTED = "42501";
    private static final String FOLLOW = "INSERT INTO follows (follower_id, following_id) VALUES (?, ?)";
    private static final String BLOCK = "INSERT INTO blocks (blocker_id, blocked_id) VALUES (?, ?)";

    @Test
    void nobody_follows_for_somebody_else() {
        Person me = Someone.known();
        Person victim = Someone.known();
        Person star = Someone.known();

        assertThat(claiming(me).refusal(FOLLOW, victim.id(), star.id())).isEqualTo(NOT_PERMITTED);
        assertThat(nobody().refusal(FOLLOW, victim.id(), star.id())).isEqualTo(NOT_PERMITTED);
        assertThat(claiming(me).execute(FOLLOW, me.id(), star.id())).isEqualTo(1);
    }

    @Test
    void what_is_done_for_several_people_at_once_is_done_for_each_of_them_and_for_nobody_else() {
        Person one = Someone.known();
        Person two = Someone.known();
        Person victim = Someone.known();
        Person star = Someone.known();
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
    void nobody_dates_a_follow_or_gives_it_another_life() {
        Person me = Someone.known();
        Person star = Someone.known();

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
    void nobody_ends_or_renews_a_follow_between_others() {
        Person fan = Someone.known();
        Person star = Someone.known();
        Person other = Someone.known();
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
    void a_block_keeps_the_follow_out_of_the_table_itself_and_says_nothing_of_others() {
        Person blocker = Someone.known();
        Person blocked = Someone.known();
        Person other = Someone.known();
        claiming(blocker).execute(BLOCK, blocker.id(), blocked.id());

        assertThat(claiming(blocked).execute(FOLLOW, blocked.id(), blocker.id()))
                .isZero();
        assertThat(claiming(other).refusal(FOLLOW, blocked.id(), blocker.id())).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void nobody_reads_or_makes_or_lifts_the_blocks_of_others() {
        Person blocker = Someone.known();
        Person blocked = Someone.known();
        Person other = Someone.known();
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
    void nobody_crowns_themselves() {
        Person owner = Someone.known(Tier.ELITE);
        Person me = Someone.known(Tier.LEGEND);
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
        assertThat(claiming(me).column("SELECT hand_over_clan(?, ?)", clan, me.id()))
                .containsExactly(false);
        assertThat(nobody().column("SELECT hand_over_clan(?, ?)", clan, me.id()))
                .containsExactly(false);
        assertThat(claiming(me)
                        .refusal(
                                "INSERT INTO clan_members (clan_id, user_id, role) VALUES (?, ?, 'owner')",
                                clan,
                                me.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void not_even_the_owner_leaves_a_clan_without_one() {
        Person owner = Someone.known(Tier.ELITE);
        Person member = Someone.known();
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
    void nobody_makes_others_members_or_founds_clans_below_elite_or_for_others() {
        Person owner = Someone.known(Tier.ELITE);
        Person me = Someone.known(Tier.GROW);
        Person victim = Someone.known(Tier.ELITE);
        UUID clan = clanOf(owner);
        String found = "INSERT INTO clans (owner_id, name) VALUES (?, ?)";

        assertThat(claiming(me).refusal("INSERT INTO clan_members (clan_id, user_id) VALUES (?, ?)", clan, victim.id()))
                .isEqualTo(NOT_PERMITTED);
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
    void the_copy_of_people_and_the_machinery_are_out_of_reach() {
        Person me = Someone.known();

        assertThat(claiming(me).refusal("UPDATE profiles SET tier = 'legend' WHERE id = ?", me.id()))
                .isEqualTo(NOT_PERMITTED);
        for (String table : List.of("outbox", "inbox", "dead_letters", "departed", "fed_partitions")) {
            assertThat(claiming(me).refusal("DELETE FROM " + table)).isEqualTo(NOT_PERMITTED);
        }
        assertThat(nobody().refusal("INSERT INTO outbox (topic, key, subject) VALUES ('t', 'k', 's')"))
                .isEqualTo(NOT_PERMITTED);
    }

    private static Sql claiming(Person person) {
        return nobody().claiming(person.id());
    }

    private static Sql nobody() {
        return Sql.as(Slice.Role.APP);
    }
}
