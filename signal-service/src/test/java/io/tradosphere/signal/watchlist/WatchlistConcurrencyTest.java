package io.tradosphere.signal.watchlist;

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
import io.tradosphere.test.AtOnce;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.util.List;
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
    void of_two_hand_overs_at_once_one_happens() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person one = member(list, owner, "editor");
        Person other = member(list, owner, "viewer");

        List<Integer> statuses = AtOnce.run(List.of(handOver(owner, list, one), handOver(owner, list, other)));

        assertThat(statuses).containsExactlyInAnyOrder(204, 403);
        assertThat(ownersOf(list)).containsExactly((statuses.get(0) == 204 ? one : other).id());
    }

    @RepeatedTest(5)
    void a_hand_over_to_somebody_who_leaves_at_that_moment_leaves_exactly_one_owner() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person heir = member(list, owner, "editor");

        List<Integer> statuses = AtOnce.run(List.of(
                handOver(owner, list, heir), () -> remove(heir, list, heir).statusCode()));

        // Having left, the heir is made a member again; having been made the owner first, they have to hand over.
        assertThat(statuses).isIn(List.of(204, 204), List.of(204, 409));
        assertThat(ownersOf(list)).containsExactly(heir.id());
    }

    @RepeatedTest(5)
    void a_hand_over_while_the_heir_is_removed_leaves_exactly_one_owner() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person heir = member(list, owner, "editor");

        List<Integer> statuses = AtOnce.run(List.of(
                handOver(owner, list, heir), () -> remove(owner, list, heir).statusCode()));

        assertThat(statuses).isIn(List.of(204, 204), List.of(204, 403));
        assertThat(ownersOf(list)).containsExactly(heir.id());
    }

    @RepeatedTest(3)
    void a_hand_over_while_the_list_is_deleted_leaves_no_half_of_either() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person heir = member(list, owner, "editor");

        List<Integer> statuses = AtOnce.run(
                List.of(handOver(owner, list, heir), () -> delete(owner, list).statusCode()));

        assertThat(statuses).isIn(List.of(204, 403), List.of(404, 204));
        assertThat(ownersOf(list)).hasSize(statuses.get(0) == 204 ? 1 : 0);
    }

    @Test
    void the_limit_holds_for_assets_that_are_added_at_once() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Sql.asSuperuser()
                .execute(
                        "INSERT INTO watchlist_assets (watchlist_id, symbol, added_by) SELECT ?, 'A' || n, ? FROM generate_series(1, 497) n",
                        list,
                        owner.id());

        List<Integer> statuses = AtOnce.run(IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(
                        n -> () -> add(owner, list, "B" + n).statusCode())
                .toList());

        assertThat(statuses).filteredOn(status -> status == 204).hasSize(3);
        assertThat(statuses).containsOnly(204, 409);
        assertThat(seen(owner, list).getList("assets")).hasSize(500);
    }

    @Test
    void the_same_asset_added_by_all_at_once_is_on_the_list_once() {
        Person owner = somebody();
        UUID list = listOf(owner);

        List<Integer> statuses = AtOnce.run(IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(n -> () -> add(owner, list, "SPY").statusCode())
                .toList());

        assertThat(statuses).containsOnly(204);
        assertThat(seen(owner, list).getList("assets")).hasSize(1);
    }

    private static Callable<Integer> handOver(Person owner, UUID list, Person heir) {
        return () -> giveRole(owner, list, heir.id(), "owner").statusCode();
    }
}
