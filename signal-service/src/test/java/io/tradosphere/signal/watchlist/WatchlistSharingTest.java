package io.tradosphere.signal.watchlist;

import static io.tradosphere.signal.SignalSteps.isKnownToProfileService;
import static io.tradosphere.signal.SignalSteps.problem;
import static io.tradosphere.signal.watchlist.WatchlistSteps.add;
import static io.tradosphere.signal.watchlist.WatchlistSteps.delete;
import static io.tradosphere.signal.watchlist.WatchlistSteps.giveRole;
import static io.tradosphere.signal.watchlist.WatchlistSteps.listOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.look;
import static io.tradosphere.signal.watchlist.WatchlistSteps.member;
import static io.tradosphere.signal.watchlist.WatchlistSteps.ownersOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.remove;
import static io.tradosphere.signal.watchlist.WatchlistSteps.rename;
import static io.tradosphere.signal.watchlist.WatchlistSteps.roleOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.seen;
import static io.tradosphere.signal.watchlist.WatchlistSteps.somebody;
import static io.tradosphere.signal.watchlist.WatchlistSteps.takeOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.Person;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class WatchlistSharingTest {

    @Test
    void members_see_the_list_with_who_shares_it_and_what_they_are_in_it() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person viewer = member(list, owner, "viewer");
        Person editor = member(list, owner, "editor");

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
        Person owner = somebody();
        UUID list = listOf(owner);
        Person editor = member(list, owner, "editor");
        Person viewer = member(list, owner, "viewer");

        add(editor, list, "SPY").then().statusCode(204);
        takeOff(editor, list, "SPY").then().statusCode(204);
        rename(editor, list, "Mine").then().statusCode(403);
        delete(editor, list).then().statusCode(403);
        giveRole(editor, list, somebody().id(), "viewer").then().statusCode(403);
        giveRole(editor, list, editor.id(), "owner").then().statusCode(403);
        remove(editor, list, viewer).then().statusCode(403);
        remove(editor, list, owner).then().statusCode(403);
        assertThat(ownersOf(list)).containsExactly(owner.id());
    }

    @Test
    void a_viewer_reads_and_no_more() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person viewer = member(list, owner, "viewer");
        add(owner, list, "SPY").then().statusCode(204);

        add(viewer, list, "QQQ").then().statusCode(403);
        takeOff(viewer, list, "SPY").then().statusCode(403);
        rename(viewer, list, "Mine").then().statusCode(403);
        delete(viewer, list).then().statusCode(403);
        giveRole(viewer, list, viewer.id(), "editor").then().statusCode(403);
        remove(viewer, list, owner).then().statusCode(403);
        assertThat(seen(viewer, list).<String>getList("assets.symbol")).containsExactly("SPY");
    }

    @Test
    void to_a_stranger_the_list_does_not_exist() {
        Person owner = somebody();
        Person stranger = somebody();
        UUID list = listOf(owner);
        add(owner, list, "SPY").then().statusCode(204);

        for (UUID hidden : new UUID[] {list, UUID.randomUUID()}) {
            look(stranger, hidden).then().statusCode(404).body("type", equalTo(problem("not-found")));
            rename(stranger, hidden, "Mine").then().statusCode(404);
            delete(stranger, hidden).then().statusCode(404);
            add(stranger, hidden, "QQQ").then().statusCode(404);
            takeOff(stranger, hidden, "SPY").then().statusCode(404);
            giveRole(stranger, hidden, stranger.id(), "owner").then().statusCode(404);
            remove(stranger, hidden, owner).then().statusCode(404);
            remove(stranger, hidden, stranger).then().statusCode(404);
        }
        stranger.asking().get("/v1/watchlists").then().body("items.size()", equalTo(0));
    }

    @Test
    void the_owner_gives_and_takes_roles_as_often_as_they_like() {
        Person owner = somebody();
        Person person = somebody();
        UUID list = listOf(owner);

        giveRole(owner, list, person.id(), "viewer").then().statusCode(204);
        giveRole(owner, list, person.id(), "viewer").then().statusCode(204);
        assertThat(roleOf(person, list)).isEqualTo("viewer");
        giveRole(owner, list, person.id(), "editor").then().statusCode(204);
        assertThat(roleOf(person, list)).isEqualTo("editor");
        remove(owner, list, person).then().statusCode(204);
        remove(owner, list, person).then().statusCode(204);
        look(person, list).then().statusCode(404);
    }

    @Test
    void a_list_is_shared_with_people_who_exist_even_if_the_slice_has_not_heard_of_them() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person unheardOf = Person.stranger();
        isKnownToProfileService(unheardOf, Tier.FREE);

        giveRole(owner, list, unheardOf.id(), "editor").then().statusCode(204);
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
    void a_role_is_one_that_exists() {
        Person owner = somebody();
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
    void the_owner_hands_over_and_is_an_editor_from_then_on() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person heir = member(list, owner, "viewer");

        giveRole(owner, list, heir.id(), "owner").then().statusCode(204);

        assertThat(ownersOf(list)).containsExactly(heir.id());
        assertThat(roleOf(heir, list)).isEqualTo("owner");
        assertThat(roleOf(owner, list)).isEqualTo("editor");
        rename(heir, list, "Mine now").then().statusCode(200);
        rename(owner, list, "Mine still").then().statusCode(403);
        giveRole(owner, list, heir.id(), "owner").then().statusCode(403);
        giveRole(heir, list, heir.id(), "owner").then().statusCode(204);
        remove(owner, list, owner).then().statusCode(204);
    }

    @Test
    void a_list_may_be_handed_to_somebody_who_did_not_share_it_before() {
        Person owner = somebody();
        Person heir = somebody();
        UUID list = listOf(owner);

        giveRole(owner, list, heir.id(), "owner").then().statusCode(204);

        assertThat(ownersOf(list)).containsExactly(heir.id());
        assertThat(roleOf(owner, list)).isEqualTo("editor");
    }

    @Test
    void the_owner_neither_leaves_nor_steps_down_without_handing_over() {
        Person owner = somebody();
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
        Person owner = somebody();
        UUID list = listOf(owner);
        Person editor = member(list, owner, "editor");
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
    void a_list_is_shared_by_100_people_and_no_more() {
        Person owner = somebody();
        UUID list = listOf(owner);
        Person viewer = member(list, owner, "viewer");
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
