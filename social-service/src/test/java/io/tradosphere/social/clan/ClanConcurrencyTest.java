package io.tradosphere.social.clan;

import static io.tradosphere.social.clan.ClanSteps.acceptOwnership;
import static io.tradosphere.social.clan.ClanSteps.block;
import static io.tradosphere.social.clan.ClanSteps.clanOf;
import static io.tradosphere.social.clan.ClanSteps.elite;
import static io.tradosphere.social.clan.ClanSteps.invitationsOf;
import static io.tradosphere.social.clan.ClanSteps.isSound;
import static io.tradosphere.social.clan.ClanSteps.join;
import static io.tradosphere.social.clan.ClanSteps.key;
import static io.tradosphere.social.clan.ClanSteps.remove;
import static io.tradosphere.social.clan.ClanSteps.setRole;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.social.ClanChanged;
import io.tradosphere.social.TestProfiles;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.PublishedEvents;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class ClanConcurrencyTest {

    @RepeatedTest(5)
    void of_two_offers_accepted_concurrently_one_succeeds() {
        TestUser owner = elite();
        List<TestUser> heirs = TestProfiles.known(2);
        UUID clan = clanOf(owner);
        heirs.forEach(heir -> offer(owner, clan, heir));

        List<Integer> statuses = Concurrently.run(
                List.of(() -> acceptOwnership(heirs.get(0), clan), () -> acceptOwnership(heirs.get(1), clan)));

        assertThat(statuses).containsExactlyInAnyOrder(204, 404);
        assertThat(isSound(clan)).isTrue();
    }

    @RepeatedTest(5)
    void an_offer_accepted_while_its_member_leaves_leaves_exactly_one_owner() {
        TestUser owner = elite();
        TestUser newOwner = TestProfiles.known();
        UUID clan = clanOf(owner);
        offer(owner, clan, newOwner);

        List<Integer> statuses = Concurrently.run(
                List.of(() -> acceptOwnership(newOwner, clan), () -> remove(newOwner, clan, newOwner)));

        // Either the new owner had left before, or must hand over before leaving.
        assertThat(statuses).isIn(List.of(404, 204), List.of(204, 409));
        assertThat(isSound(clan)).isTrue();
    }

    @RepeatedTest(3)
    void an_offer_accepted_during_a_deletion_is_atomic() {
        TestUser owner = elite();
        TestUser newOwner = TestProfiles.known();
        UUID clan = clanOf(owner);
        offer(owner, clan, newOwner);

        List<Integer> statuses = Concurrently.run(List.of(
                () -> acceptOwnership(newOwner, clan),
                () -> owner.asking().delete("/v1/clans/{id}", clan).statusCode()));

        assertThat(statuses).isIn(List.of(404, 204), List.of(204, 403));
        assertThat(isSound(clan)).isEqualTo(statuses.get(1) == 403);
    }

    @RepeatedTest(5)
    void a_join_concurrent_with_a_block_by_the_owner_comes_before_it_or_is_refused() {
        TestUser owner = elite();
        TestUser joining = TestProfiles.known();
        UUID clan = clanOf(owner);
        assertThat(setRole(owner, clan, joining, "member")).isEqualTo(204);

        List<Integer> statuses = Concurrently.run(List.of(
                () -> joining.asking().post("/v1/clans/{id}/members", clan).statusCode(), () -> {
                    block(owner, joining);
                    return 204;
                }));

        assertThat(statuses).isIn(List.of(201, 204), List.of(403, 204));
        assertThat(invitationsOf(joining)).isEmpty();
        assertThat(isSound(clan)).isTrue();
    }

    @Test
    void the_limit_of_owned_clans_holds_for_concurrent_requests() {
        TestUser owner = elite();
        for (int i = 0; i < 18; i++) {
            clanOf(owner);
        }

        List<Integer> statuses = Concurrently.run(Collections.nCopies(
                6,
                () -> owner.asking()
                        .body(Map.of("name", ClanSteps.freshName()))
                        .post("/v1/clans")
                        .statusCode()));

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(2);
        assertThat(statuses).isSubsetOf(201, 409);
    }

    @Test
    void concurrent_joins_and_leaves_are_all_counted_and_published_in_order() {
        TestUser owner = elite();
        UUID clan = clanOf(owner);
        List<TestUser> staying = TestProfiles.known(8);
        List<TestUser> leaving = TestProfiles.known(8);
        leaving.forEach(person -> join(clan, person));
        List<Callable<Integer>> calls = new ArrayList<>();
        staying.forEach(person -> calls.add(
                () -> person.asking().post("/v1/clans/{id}/members", clan).statusCode()));
        leaving.forEach(person -> calls.add(() -> remove(person, clan, person)));

        assertThat(Concurrently.run(calls)).isSubsetOf(201, 204);

        assertThat(isSound(clan)).isTrue();
        PublishedEvents published = PublishedEvents.of(Topic.CLANS, clan.toString());
        int last = published.types().size() - 1;
        assertThat(last).isEqualTo(8 + 16);
        assertThat(published.event(last, ClanChanged.class).memberCount()).isEqualTo(9);
    }

    @Test
    void of_many_identical_concurrent_joins_one_succeeds() {
        TestUser member = TestProfiles.known();
        UUID clan = clanOf(elite());
        Callable<Integer> call =
                () -> member.asking().post("/v1/clans/{id}/members", clan).statusCode();

        List<Integer> statuses = Concurrently.run(Collections.nCopies(8, call));

        assertThat(statuses).containsOnlyOnce(201).isSubsetOf(201, 409);
        PublishedEvents.exactly(Topic.CLAN_MEMBERS, key(clan, member), "social.clan-member-joined");
        assertThat(isSound(clan)).isTrue();
    }

    private static void offer(TestUser owner, UUID clan, TestUser member) {
        join(clan, member);
        assertThat(setRole(owner, clan, member, "owner")).isEqualTo(204);
    }
}
