package io.tradosphere.social.clan;

import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.elite;
import static io.tradosphere.social.clan.ClanSteps.giveRole;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.social.clan.ClanSteps.key;
import static io.tradosphere.social.clan.ClanSteps.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.social.Someone;
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Told;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ClanConcurrencyTest {

    @RepeatedTest(5)
    void of_two_hand_overs_at_once_one_happens() {
        Person owner = elite();
        List<Person> heirs = Someone.known(2);
        UUID clan = clanOf(owner);
        heirs.forEach(heir -> join(clan, heir));

        List<Integer> statuses = AtOnce.run(List.of(
                () -> giveRole(owner, clan, heirs.get(0), "owner"),
                () -> giveRole(owner, clan, heirs.get(1), "owner")));

        assertThat(statuses).containsExactlyInAnyOrder(204, 403);
        assertThat(isSound(clan)).isTrue();
    }

    @RepeatedTest(5)
    void a_hand_over_to_somebody_who_leaves_at_that_moment_leaves_exactly_one_owner() {
        Person owner = elite();
        Person heir = Someone.known();
        UUID clan = clanOf(owner);
        join(clan, heir);

        List<Integer> statuses =
                AtOnce.run(List.of(() -> giveRole(owner, clan, heir, "owner"), () -> remove(heir, clan, heir)));

        // Either the heir was gone first, or has to hand over first.
        assertThat(statuses).isIn(List.of(404, 204), List.of(204, 409));
        assertThat(isSound(clan)).isTrue();
    }

    @RepeatedTest(3)
    void a_hand_over_while_the_clan_is_dissolved_leaves_no_half_of_either() {
        Person owner = elite();
        Person heir = Someone.known();
        UUID clan = clanOf(owner);
        join(clan, heir);

        List<Integer> statuses = AtOnce.run(List.of(
                () -> giveRole(owner, clan, heir, "owner"),
                () -> owner.asking().delete("/v1/clans/{id}", clan).statusCode()));

        assertThat(statuses).isIn(List.of(404, 204), List.of(204, 403));
        assertThat(isSound(clan)).isEqualTo(statuses.get(1) == 403);
    }

    @Test
    void people_who_join_and_leave_at_once_are_all_counted_and_told_in_order() {
        Person owner = elite();
        UUID clan = clanOf(owner);
        List<Person> staying = Someone.known(8);
        List<Person> leaving = Someone.known(8);
        leaving.forEach(person -> join(clan, person));
        List<Callable<Integer>> calls = new ArrayList<>();
        staying.forEach(person -> calls.add(
                () -> person.asking().post("/v1/clans/{id}/members", clan).statusCode()));
        leaving.forEach(person -> calls.add(() -> remove(person, clan, person)));

        assertThat(AtOnce.run(calls)).isSubsetOf(201, 204);

        assertThat(isSound(clan)).isTrue();
        Told told = Told.of(Topic.CLANS, clan.toString());
        int last = told.types().size() - 1;
        assertThat(last).isEqualTo(8 + 16);
        assertThat(told.event(last, ClanChanged.class).memberCount()).isEqualTo(9);
    }

    @Test
    void of_many_identical_joins_at_once_one_happens() {
        Person member = Someone.known();
        UUID clan = clanOf(elite());
        Callable<Integer> call =
                () -> member.asking().post("/v1/clans/{id}/members", clan).statusCode();

        List<Integer> statuses = AtOnce.run(Collections.nCopies(8, call));

        assertThat(statuses).containsOnlyOnce(201).isSubsetOf(201, 409);
        Told.exactly(Topic.CLAN_MEMBERS, key(clan, member), "social.clan-member-joined");
        assertThat(isSound(clan)).isTrue();
    }
}
