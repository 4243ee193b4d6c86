package io.tradosphere.signal.watchlist;

import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.watchlist.WatchlistSteps.accept;
import static io.tradosphere.signal.watchlist.WatchlistSteps.add;
import static io.tradosphere.signal.watchlist.WatchlistSteps.delete;
import static io.tradosphere.signal.watchlist.WatchlistSteps.giveRole;
import static io.tradosphere.signal.watchlist.WatchlistSteps.listOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.look;
import static io.tradosphere.signal.watchlist.WatchlistSteps.member;
import static io.tradosphere.signal.watchlist.WatchlistSteps.ownersOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.remove;
import static io.tradosphere.signal.watchlist.WatchlistSteps.removeAsset;
import static io.tradosphere.signal.watchlist.WatchlistSteps.rename;
import static io.tradosphere.signal.watchlist.WatchlistSteps.roleOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.seen;
import static io.tradosphere.signal.watchlist.WatchlistSteps.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class WatchlistSharingTest {

    @Test
    void members_see_the_list_with_who_shares_it_and_what_they_are_in_it() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser viewer = member(list, owner, "viewer");
        TestUser editor = member(list, owner, "editor");

        JsonPath seen = seen(viewer, list);

        assertThat(seen.getString("role")).isEqualTo("viewer");
        assertThat(seen.<String>getList("members.profileId"))
                .containsExactly(
                        owner.id().toString(),
                        viewer.id().toString(),
                        editor.id().toString());
        assertThat(seen.<String>getList("members.role")).containsExactly("owner", "viewer", "editor");
    }

    @Test
    void an_editor_changes_assets_and_nothing_else() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser editor = member(list, owner, "editor");
        TestUser viewer = member(list, owner, "viewer");

        add(editor, list, "SPY").then().statusCode(204);
        removeAsset(editor, list, "SPY").then().statusCode(204);
        rename(editor, list, "Mine").then().statusCode(403);
        delete(editor, list).then().statusCode(403);
        giveRole(editor, list, somebody().id(), "viewer").then().statusCode(403);
        giveRole(editor, list, editor.id(), "owner").then().statusCode(403);
        remove(editor, list, viewer).then().statusCode(403);
        remove(editor, list, owner).then().statusCode(403);
        assertThat(ownersOf(list)).containsExactly(owner.id());
    }

    @Test
    void a_viewer_only_reads() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser viewer = member(list, owner, "viewer");
        add(owner, list, "SPY").then().statusCode(204);

        add(viewer, list, "QQQ").then().statusCode(403);
        removeAsset(viewer, list, "SPY").then().statusCode(403);
        rename(viewer, list, "Mine").then().statusCode(403);
        delete(viewer, list).then().statusCode(403);
        giveRole(viewer, list, viewer.id(), "editor").then().statusCode(403);
        remove(viewer, list, owner).then().statusCode(403);
        assertThat(seen(viewer, list).<String>getList("assets.symbol")).containsExactly("SPY");
    }

    @Test
    void for_a_stranger_the_list_is_not_found() {
        TestUser owner = somebody();
        TestUser stranger = somebody();
        UUID list = listOf(owner);
        add(owner, list, "SPY").then().statusCode(204);

        for (UUID hidden : new UUID[] {list, UUID.randomUUID()}) {
            look(stranger, hidden).then().statusCode(404).body("type", equalTo(problem("not-found")));
            rename(stranger, hidden, "Mine").then().statusCode(404);
            delete(stranger, hidden).then().statusCode(404);
            add(stranger, hidden, "QQQ").then().statusCode(404);
            removeAsset(stranger, hidden, "SPY").then().statusCode(404);
            giveRole(stranger, hidden, stranger.id(), "owner").then().statusCode(404);
            remove(stranger, hidden, owner).then().statusCode(404);
            remove(stranger, hidden, stranger).then().statusCode(404);
        }
        stranger.asking().get("/v1/watchlists").then().body("items.size()", equalTo(0));
    }

    @Test
    void the_owner_changes_roles_repeatedly() {
        TestUser owner = somebody();
        TestUser person = somebody();
        UUID list = listOf(owner);

        giveRole(owner, list, person.id(), "viewer").then().statusCode(204);
        giveRole(owner, list, person.id(), "viewer").then().statusCode(204);
        accept(person, list).then().statusCode(204);
        giveRole(owner, list, person.id(), "viewer").then().statusCode(204);
        assertThat(roleOf(person, list)).isEqualTo("viewer");
        giveRole(owner, list, person.id(), "editor").then().statusCode(204);
        assertThat(roleOf(person, list)).isEqualTo("editor");
        remove(owner, list, person).then().statusCode(204);
        remove(owner, list, person).then().statusCode(204);
        look(person, list).then().statusCode(404);
    }

    @Test
    void a_list_is_shared_with_a_profile_unknown_to_the_replica() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser unheardOf = TestUser.stranger();
        isKnownToProfileService(unheardOf, Tier.FREE);

        giveRole(owner, list, unheardOf.id(), "editor").then().statusCode(204);
        accept(unheardOf, list).then().statusCode(204);
        assertThat(roleOf(unheardOf, list)).isEqualTo("editor");

        giveRole(owner, list, UUID.randomUUID(), "viewer")
                .then()
                .statusCode(404)
                .body("type", equalTo(problem("unknown-profile")));
        ProfileServiceDouble.whileAway(() -> giveRole(owner, list, UUID.randomUUID(), "viewer")
                .then()
                .statusCode(503)
                .body("type", equalTo(problem("profiles-away"))));
    }

    @Test
    void an_unknown_role_is_refused() {
        TestUser owner = somebody();
        UUID list = listOf(owner);

        giveRole(owner, list, somebody().id(), "emperor").then().statusCode(400);
        owner.asking()
                .body(Map.of())
                .put("/v1/watchlists/{id}/members/{profile}", list, somebody().id())
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("role"));
        owner.asking()
                .body(Map.of("role", "viewer"))
                .put("/v1/watchlists/{id}/members/nobody", list)
                .then()
                .statusCode(404);
    }

    @Test
    void an_owner_who_hands_over_becomes_an_editor() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser successor = member(list, owner, "viewer");

        giveRole(owner, list, successor.id(), "owner").then().statusCode(204);
        assertThat(ownersOf(list)).containsExactly(owner.id());
        accept(successor, list).then().statusCode(204);

        assertThat(ownersOf(list)).containsExactly(successor.id());
        assertThat(roleOf(successor, list)).isEqualTo("owner");
        assertThat(roleOf(owner, list)).isEqualTo("editor");
        rename(successor, list, "Mine now").then().statusCode(200);
        rename(owner, list, "Mine still").then().statusCode(403);
        giveRole(owner, list, successor.id(), "owner").then().statusCode(403);
        giveRole(successor, list, successor.id(), "owner").then().statusCode(204);
        remove(owner, list, owner).then().statusCode(204);
    }

    @Test
    void a_list_may_be_handed_to_a_profile_that_was_no_member() {
        TestUser owner = somebody();
        TestUser successor = somebody();
        UUID list = listOf(owner);

        giveRole(owner, list, successor.id(), "owner").then().statusCode(204);
        assertThat(ownersOf(list)).containsExactly(owner.id());
        accept(successor, list).then().statusCode(204);

        assertThat(ownersOf(list)).containsExactly(successor.id());
        assertThat(roleOf(owner, list)).isEqualTo("editor");
    }

    @Test
    void the_owner_neither_leaves_nor_steps_down_without_handing_over() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        member(list, owner, "editor");

        remove(owner, list, owner).then().statusCode(409).body("type", equalTo(problem("owner-must-hand-over")));
        giveRole(owner, list, owner.id(), "viewer")
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("owner-must-hand-over")));
        assertThat(ownersOf(list)).containsExactly(owner.id());
    }

    @Test
    void a_member_leaves_and_what_they_added_stays() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser editor = member(list, owner, "editor");
        add(editor, list, "SPY").then().statusCode(204);

        remove(editor, list, editor).then().statusCode(204);

        look(editor, list).then().statusCode(404);
        remove(editor, list, editor).then().statusCode(404);
        JsonPath seen = seen(owner, list);
        assertThat(seen.<String>getList("members.profileId"))
                .containsExactly(owner.id().toString());
        assertThat(seen.getString("assets[0].addedBy")).isEqualTo(editor.id().toString());
    }

    @Test
    void a_list_has_at_most_100_members() {
        TestUser owner = somebody();
        UUID list = listOf(owner);
        TestUser viewer = member(list, owner, "viewer");
        Sql.asSuperuser().execute("""
                        WITH made AS (
                          INSERT INTO profiles (id, username, tier, incarnation, sequence)
                          SELECT uuidv7(), 'w' || substr(md5(random()::text), 1, 20), 'free', 1, 1 FROM generate_series(1, 98)
                          RETURNING id)
                        INSERT INTO watchlist_members (watchlist_id, user_id, role) SELECT ?, id, 'viewer' FROM made
                        """, list);

        giveRole(owner, list, somebody().id(), "viewer")
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("watchlist-full")));
        giveRole(owner, list, viewer.id(), "editor").then().statusCode(204);
        remove(viewer, list, viewer).then().statusCode(204);
        giveRole(owner, list, somebody().id(), "viewer").then().statusCode(204);
    }
}
