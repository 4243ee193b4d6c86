package io.tradosphere.signal.watchlist;

import static io.tradosphere.signal.watchlist.WatchlistSteps.add;
import static io.tradosphere.signal.watchlist.WatchlistSteps.listOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.look;
import static io.tradosphere.signal.watchlist.WatchlistSteps.member;
import static io.tradosphere.signal.watchlist.WatchlistSteps.ownersOf;
import static io.tradosphere.signal.watchlist.WatchlistSteps.seen;
import static io.tradosphere.signal.watchlist.WatchlistSteps.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.stack.Slice;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.Sql;
import io.tradosphere.test.TestUser;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SQL of signal_app may do, past the service, beyond the checks of the seed's defects. */
@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
class WatchlistRowSecurityTest {

    private static final String NOT_PERMITTED = "42501";

    private TestUser owner;
    private TestUser editor;
    private TestUser viewer;
    private TestUser stranger;
    private UUID list;

    @BeforeEach
    void there_is_a_shared_list() {
        owner = somebody();
        stranger = somebody();
        list = listOf(owner);
        editor = member(list, owner, "editor");
        viewer = member(list, owner, "viewer");
        add(owner, list, "SPY").then().statusCode(204);
    }

    @Test
    void strangers_and_anonymous_callers_see_and_change_nothing() {
        for (Sql session : List.of(as(stranger), Sql.as(Slice.Role.APP))) {
            for (String table : List.of("watchlists", "watchlist_members", "watchlist_assets")) {
                assertThat(session.number("SELECT count(*) FROM " + table)).isZero();
                assertThat(session.execute("DELETE FROM " + table)).isZero();
            }
            assertThat(session.execute("UPDATE watchlists SET name = 'mine'")).isZero();
            assertThat(session.execute("UPDATE watchlist_members SET role = 'owner'"))
                    .isZero();
        }
        assertThat(as(stranger).column("SELECT lock_watchlist(?)", list)).containsExactly((Object) null);
        assertThat(as(stranger).column("SELECT lock_watchlist(?)", UUID.randomUUID()))
                .containsExactly((Object) null);
    }

    @Test
    void a_stranger_neither_locks_the_list_nor_changes_its_version() {
        String before = look(owner, list).header("ETag");

        as(stranger).column("SELECT bump_watchlist_version(?)", list);
        Sql.as(Slice.Role.APP).column("SELECT bump_watchlist_version(?)", list);

        assertThat(look(owner, list).header("ETag")).isEqualTo(before);
    }

    @Test
    void an_editor_writes_assets_in_their_own_name_and_nothing_else() {
        String add = "INSERT INTO watchlist_assets (watchlist_id, symbol, added_by) VALUES (?, 'QQQ', ?)";

        assertThat(as(editor).refusal(add, list, owner.id())).isEqualTo(NOT_PERMITTED);
        assertThat(as(editor).execute(add, list, editor.id())).isEqualTo(1);
        assertThat(as(editor).execute("DELETE FROM watchlist_assets WHERE symbol = 'SPY'"))
                .isEqualTo(1);
        assertThat(as(editor).refusal("UPDATE watchlist_assets SET symbol = 'X'"))
                .isEqualTo(NOT_PERMITTED);
        assertThat(as(editor).execute("UPDATE watchlists SET name = 'mine'")).isZero();
        assertThat(as(editor).execute("DELETE FROM watchlists")).isZero();
        assertThat(as(editor).execute("UPDATE watchlist_members SET role = 'owner'"))
                .isZero();
        assertThat(as(editor)
                        .refusal(
                                "INSERT INTO watchlist_members (watchlist_id, user_id, role) VALUES (?, ?, 'editor')",
                                list,
                                stranger.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(as(editor).execute("DELETE FROM watchlist_members WHERE user_id <> ?", editor.id()))
                .isZero();
    }

    @Test
    void a_viewer_reads_and_may_leave() {
        assertThat(as(viewer).number("SELECT count(*) FROM watchlist_assets")).isEqualTo(1);
        assertThat(as(viewer).execute("DELETE FROM watchlist_assets")).isZero();
        assertThat(as(viewer)
                        .refusal(
                                "INSERT INTO watchlist_assets (watchlist_id, symbol, added_by) VALUES (?, 'QQQ', ?)",
                                list,
                                viewer.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(as(viewer).execute("UPDATE watchlist_members SET role = 'editor'"))
                .isZero();
        assertThat(as(viewer).execute("DELETE FROM watchlist_members")).isEqualTo(1);
        assertThat(as(viewer).number("SELECT count(*) FROM watchlists")).isZero();
    }

    @Test
    void not_even_the_owner_leaves_a_list_with_two_owners_or_none_or_rewrites_what_is_not_theirs() {
        assertThat(as(owner).refusal("UPDATE watchlist_members SET role = 'owner'"))
                .isEqualTo(NOT_PERMITTED);
        assertThat(as(owner).execute("UPDATE watchlist_members SET role = 'editor' WHERE role = 'owner'"))
                .isZero();
        assertThat(as(owner).refusal("DELETE FROM watchlist_members")).isEqualTo("23514");
        assertThat(as(owner).refusal("UPDATE watchlists SET created_by = ?", stranger.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(as(owner).refusal("UPDATE watchlists SET version = 1")).isEqualTo(NOT_PERMITTED);
        assertThat(as(owner).refusal("UPDATE watchlist_members SET user_id = ?", stranger.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(as(owner).refusal("INSERT INTO watchlists (name, created_by) VALUES ('x', ?)", stranger.id()))
                .isEqualTo(NOT_PERMITTED);
        assertThat(ownersOf(list)).containsExactly(owner.id());
        assertThat(seen(owner, list).getList("members")).hasSize(3);
    }

    @Test
    void nobody_becomes_a_member_or_invites_past_an_invitation() {
        String join = "INSERT INTO watchlist_members (watchlist_id, user_id, role) VALUES (?, ?, 'viewer')";
        String invite = "INSERT INTO watchlist_invitations (watchlist_id, user_id, role) VALUES (?, ?, 'owner')";

        assertThat(as(owner).refusal(join, list, stranger.id())).isEqualTo(NOT_PERMITTED);
        assertThat(as(stranger).refusal(join, list, stranger.id())).isEqualTo(NOT_PERMITTED);
        assertThat(as(viewer).refusal(invite, list, viewer.id())).isEqualTo(NOT_PERMITTED);
        assertThat(as(viewer).column("SELECT invite_to_watchlist(?, ?, 'owner', 9)", list, stranger.id()))
                .containsExactly("FORBIDDEN");
        assertThat(as(stranger).column("SELECT accept_watchlist_invitation(?, 9)", list))
                .containsExactly("NOT_INVITED");
    }

    @Test
    void an_invitation_is_visible_to_its_invitee_and_the_owner_only() {
        WatchlistSteps.giveRole(owner, list, stranger.id(), "viewer").then().statusCode(204);
        String visible = "SELECT count(*) FROM watchlist_invitations";

        assertThat(as(owner).number(visible)).isEqualTo(1);
        assertThat(as(stranger).number(visible)).isEqualTo(1);
        assertThat(as(editor).number(visible)).isZero();
        assertThat(as(editor).execute("DELETE FROM watchlist_invitations")).isZero();
        assertThat(as(stranger).refusal("UPDATE watchlist_invitations SET role = 'owner'"))
                .isEqualTo(NOT_PERMITTED);
    }

    private static Sql as(TestUser person) {
        return Sql.as(Slice.Role.APP).claiming(person.id());
    }
}
