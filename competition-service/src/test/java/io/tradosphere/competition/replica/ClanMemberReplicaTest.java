package io.tradosphere.competition.replica;

import static io.tradosphere.competition.CompetitionSteps.SOON;
import static io.tradosphere.competition.CompetitionSteps.nextSequence;
import static io.tradosphere.competition.CompetitionSteps.trader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.competition.ConsumerProgress;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanMemberEvent;
import io.tradosphere.contracts.social.ClanMemberJoined;
import io.tradosphere.contracts.social.ClanMemberLeft;
import io.tradosphere.contracts.social.ClanMemberRoleChanged;
import io.tradosphere.contracts.social.ClanRole;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.TopicReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
class ClanMemberReplicaTest {

    private final UUID clan = UUID.randomUUID();
    private TestUser member;

    @BeforeEach
    void a_profile_exists() {
        member = trader();
    }

    @Test
    void a_joined_event_inserts_a_member_with_a_role() {
        TopicReader.publish(joined(), nextSequence());
        awaitCopy("member true");

        TopicReader.publish(
                new ClanMemberRoleChanged(
                        clan, member.id(), incarnation(), ClanRole.ADMIN, ClanRole.MEMBER, Instant.now()),
                nextSequence());
        awaitCopy("admin true");
    }

    @Test
    void a_left_event_ends_the_membership_and_keeps_the_sequence() {
        TopicReader.publish(joined(), nextSequence());

        TopicReader.publish(left(), nextSequence());

        awaitCopy("false");
    }

    @Test
    void a_late_joined_event_after_the_left_event_changes_nothing() {
        long first = nextSequence();
        TopicReader.publish(left(), nextSequence());
        awaitCopy("false");

        TopicReader.publish(joined(), first);

        ConsumerProgress.awaitAllApplied(Topic.CLAN_MEMBERS, "clan-members");
        assertThat(copy()).containsExactly("false");
    }

    @Test
    void a_replay_changes_nothing() {
        long first = nextSequence();
        long second = nextSequence();
        TopicReader.publish(joined(), first);
        TopicReader.publish(left(), second);
        awaitCopy("false");

        TopicReader.publish(joined(), first);
        TopicReader.publish(left(), second);

        ConsumerProgress.awaitAllApplied(Topic.CLAN_MEMBERS, "clan-members");
        assertThat(copy()).containsExactly("false");
    }

    @Test
    void rows_of_an_erased_incarnation_are_not_inserted() {
        ClanMemberEvent late = joined();
        KnownProfiles.erase(member, incarnation());
        await().atMost(SOON)
                .until(() -> Sql.asSuperuser()
                                .number(
                                        "SELECT count(*) FROM erased_profiles WHERE pseudonym = auth.pseudonym(?)",
                                        member.id())
                        == 1);

        TopicReader.publish(late, nextSequence());

        ConsumerProgress.awaitAllApplied(Topic.CLAN_MEMBERS, "clan-members");
        assertThat(copy()).isEmpty();
    }

    private ClanMemberEvent joined() {
        return new ClanMemberJoined(clan, member.id(), incarnation(), ClanRole.MEMBER, Instant.now());
    }

    private ClanMemberEvent left() {
        return new ClanMemberLeft(clan, member.id(), incarnation());
    }

    private long incarnation() {
        return KnownProfiles.incarnation(member);
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
