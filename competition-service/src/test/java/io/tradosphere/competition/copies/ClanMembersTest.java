package io.tradosphere.competition.copies;

import static io.tradosphere.competition.ContestSteps.SOON;
import static io.tradosphere.competition.ContestSteps.nextSequence;
import static io.tradosphere.competition.ContestSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.competition.Applied;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanMemberEvent;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.test.Acquaintance;
import io.tradosphere.test.Person;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TopicTap;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ClanMembersTest {

    private final UUID clan = UUID.randomUUID();
    private Person member;

    @BeforeEach
    void there_is_somebody() {
        member = trader();
    }

    @Test
    void whoever_joins_is_a_member_with_a_role() {
        TopicTap.publish(joined(), nextSequence());
        awaitCopy("member true");

        TopicTap.publish(
                new ClanMemberRoleChanged(
                        clan, member.id(), incarnation(), ClanRole.ADMIN, ClanRole.MEMBER, Instant.now()),
                nextSequence());
        awaitCopy("admin true");
    }

    @Test
    void whoever_leaves_is_no_member_and_the_sequence_stays_known() {
        TopicTap.publish(joined(), nextSequence());

        TopicTap.publish(left(), nextSequence());

        awaitCopy("false");
    }

    @Test
    void a_join_that_comes_after_the_departure_that_followed_it_changes_nothing() {
        long first = nextSequence();
        TopicTap.publish(left(), nextSequence());
        awaitCopy("false");

        TopicTap.publish(joined(), first);

        Applied.all(Topic.CLAN_MEMBERS, "clan-members");
        assertThat(copy()).containsExactly("false");
    }

    @Test
    void a_replay_changes_nothing() {
        long first = nextSequence();
        long second = nextSequence();
        TopicTap.publish(joined(), first);
        TopicTap.publish(left(), second);
        awaitCopy("false");

        TopicTap.publish(joined(), first);
        TopicTap.publish(left(), second);

        Applied.all(Topic.CLAN_MEMBERS, "clan-members");
        assertThat(copy()).containsExactly("false");
    }

    @Test
    void nothing_is_kept_of_a_life_that_has_ended() {
        ClanMemberEvent late = joined();
        Acquaintance.erase(member, incarnation());
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM departed WHERE pseudonym = auth.pseudonym(?)",
                                        member.id())
                        == 1);

        TopicTap.publish(late, nextSequence());

        Applied.all(Topic.CLAN_MEMBERS, "clan-members");
        assertThat(copy()).isEmpty();
    }

    private ClanMemberEvent joined() {
        return new ClanMemberJoined(clan, member.id(), incarnation(), ClanRole.MEMBER, Instant.now());
    }

    private ClanMemberEvent left() {
        return new ClanMemberLeft(clan, member.id(), incarnation());
    }

    private long incarnation() {
        return Acquaintance.incarnation(member);
    }

    private List<Object> copy() {
        return Sql.asSuperuser()
                .column(
                        "SELECT concat_ws(' ', role, is_member::text) FROM clan_members WHERE clan_id = ? AND user_id = ?",
                        clan,
                        member.id());
    }

    private void awaitCopy(String state) {
        await().atMost(SOON).until(() -> copy().equals(List.of(state)));
    }
}
