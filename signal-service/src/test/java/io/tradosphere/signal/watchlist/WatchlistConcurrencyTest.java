package io.tradosphere.signal.watchlist;

import static io.tradosphere.signal.watchlist.WatchlistSteps.accept;
import static io.tradosphere.signal.watchlist.WatchlistSteps.add;
import static io.tradosphere.signal.watchlist.WatchlistSteps.delete;
import static io.tradosphere.signal.watchlist.WatchlistSteps.giveRole;
import static io.tradosphere.signal.watchlist.WatchlistSteps.listOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.member;
import static io.tradosphere.signal.watchlist.WatchlistSteps.ownersOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.remove;
import static io.tradosphere.signal.watchlist.WatchlistSteps.seen;
import static io.tradosphere.signal.watchlist.WatchlistSteps.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.test.Concurrently;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class WatchlistConcurrencyTest {

    @RepeatedTest(5)
    void of_two_offers_accepted_at_once_one_makes_an_owner() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser one = member(list, owner, "editor");
        TestUser other = member(list, owner, "viewer");
        offer(owner, list, one);
        offer(owner, list, other);

        List<Integer> statuses = Concurrently.run(List.of(accepting(one, list), accepting(other, list)));

        assertThat(statuses).containsExactlyInAnyOrder(204, 404);
        assertThat(ownersOf(list)).containsExactly((statuses.get(0) == 204 ? one : other).id());
    }

    @RepeatedTest(5)
    void an_offer_accepted_while_its_member_leaves_keeps_exactly_one_owner() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser successor = member(list, owner, "editor");
        offer(owner, list, successor);

        List<Integer> statuses = Concurrently.run(List.of(
                accepting(successor, list),
                () -> remove(successor, list, successor).statusCode()));

        // Leaving ends the offer. Who has become the owner has to hand over before leaving.
        assertThat(statuses).isIn(List.of(404, 204), List.of(204, 409));
        assertThat(ownersOf(list)).containsExactly((statuses.get(0) == 204 ? successor : owner).id());
    }

    @RepeatedTest(5)
    void an_offer_accepted_while_its_member_is_removed_keeps_exactly_one_owner() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser successor = member(list, owner, "editor");
        offer(owner, list, successor);

        List<Integer> statuses = Concurrently.run(List.of(
                accepting(successor, list), () -> remove(owner, list, successor).statusCode()));

        assertThat(statuses).isIn(List.of(404, 204), List.of(204, 403));
        assertThat(ownersOf(list)).containsExactly((statuses.get(0) == 204 ? successor : owner).id());
    }

    @RepeatedTest(3)
    void an_offer_accepted_while_the_list_is_deleted_is_all_or_nothing() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser successor = member(list, owner, "editor");
        offer(owner, list, successor);

        List<Integer> statuses = Concurrently.run(
                List.of(accepting(successor, list), () -> delete(owner, list).statusCode()));

        assertThat(statuses).isIn(List.of(204, 403), List.of(404, 204));
        assertThat(ownersOf(list)).hasSize(statuses.get(0) == 204 ? 1 : 0);
    }

    @Test
    void an_invitation_accepted_by_all_at_once_makes_one_member() {
        TestUser owner = somebody();
        TestUser guest = somebody();
        UUID list = listOf(owner);
        giveRole(owner, list, guest.id(), "viewer").then().statusCode(204);

        List<Integer> statuses = Concurrently.run(Collections.nCopies(6, accepting(guest, list)));

        assertThat(statuses).containsOnlyOnce(204).isSubsetOf(204, 404);
        assertThat(seen(owner, list).getList("members")).hasSize(2);
    }

    @Test
    void the_limit_holds_for_lists_that_are_created_at_once() {
        TestUser owner = somebody();
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO watchlists (name, created_by) SELECT 'L' || n, ? FROM generate_series(1, 98) n",
                        owner.id());

        List<Integer> statuses = Concurrently.run(Collections.nCopies(
                6,
                () -> owner.asking()
                        .body(Map.of("name", "one more"))
                        .post("/v1/watchlists")
                        .statusCode()));

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(2);
        assertThat(statuses).isSubsetOf(201, 409);
    }

    @Test
    void the_limit_holds_for_invitations_that_are_made_at_once() {
        TestUser guest = somebody();
        TestUser busy = somebody();
        Sql.asSuperuser().execute("""
                        WITH made AS (
                          INSERT INTO watchlists (name, created_by) SELECT 'L' || n, ? FROM generate_series(1, 98) n RETURNING id)
                        INSERT INTO watchlist_invitations (watchlist_id, user_id, role) SELECT id, ?, 'viewer' FROM made
                        """, busy.id(), guest.id());
        List<Callable<Integer>> inviting = IntStream.range(0, 6)
                .mapToObj(n -> somebody())
                .<Callable<Integer>>map(owner -> {
                    UUID list = listOf(owner);
                    return () -> giveRole(owner, list, guest.id(), "viewer").statusCode();
                })
                .toList();

        List<Integer> statuses = Concurrently.run(inviting);

        assertThat(statuses).filteredOn(status -> status == 204).hasSize(2);
        assertThat(statuses).isSubsetOf(204, 409);
    }

    @Test
    void the_limit_holds_for_assets_that_are_added_at_once() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO watchlist_assets (watchlist_id, symbol, added_by) SELECT ?, 'A' || n, ? FROM generate_series(1, 497) n",
                        list,
                        owner.id());

        List<Integer> statuses = Concurrently.run(IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(
                        n -> () -> add(owner, list, "B" + n).statusCode())
                .toList());

        assertThat(statuses).filteredOn(status -> status == 204).hasSize(3);
        assertThat(statuses).containsOnly(204, 409);
        assertThat(seen(owner, list).getList("assets")).hasSize(500);
    }

    @Test
    void the_same_asset_added_by_all_at_once_is_on_the_list_once() {
        TestUser owner = somebody();
        UUID list = listOf(owner);

        List<Integer> statuses = Concurrently.run(IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(n -> () -> add(owner, list, "SPY").statusCode())
                .toList());

        assertThat(statuses).containsOnly(204);
        assertThat(seen(owner, list).getList("assets")).hasSize(1);
    }

    private static void offer(TestUser owner, UUID list, TestUser successor) {
        giveRole(owner, list, successor.id(), "owner").then().statusCode(204);
    }

    private static Callable<Integer> accepting(TestUser invitee, UUID list) {
        return () -> accept(invitee, list).statusCode();
    }
}
