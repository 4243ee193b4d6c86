package io.tradosphere.signal.watchlist;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Erases a person from watchlists. A shared list passes to its longest-standing editor, or else to its longest-standing
 * viewer, and its invitations end. A list without other members is deleted. Assets that the person added to others'
 * lists stay, without their name. Invitations of the person end.
 */
@ApplicationScoped
class WatchlistErasure implements FeatureErasure {

    private static final int LISTS_AT_ONCE = 200;
    private static final int ROWS_AT_ONCE = 1_000;

    private static final String OWNED =
            "m.user_id = $1 AND m.role = 'owner' AND m.created_at < " + ErasureStep.END_OF_LIFE;
    private static final String OTHERS =
            "EXISTS (SELECT FROM watchlist_members o WHERE o.watchlist_id = m.watchlist_id AND o.user_id <> $1)";

    /**
     * Locks the list, then the owner's row, then the successor's. So an owner who hands over at this moment is skipped,
     * and a member who leaves at this moment does not become the owner.
     */
    private static final String PASS_ON = """
            WITH owned AS MATERIALIZED (
              SELECT w.id FROM watchlists w JOIN watchlist_members m ON m.watchlist_id = w.id
              WHERE %s AND %s
              ORDER BY w.id LIMIT $3 FOR UPDATE OF w, m
            ), successors AS MATERIALIZED (
              SELECT owned.id, successor.user_id FROM owned CROSS JOIN LATERAL (
                SELECT m.user_id FROM watchlist_members m WHERE m.watchlist_id = owned.id AND m.user_id <> $1
                ORDER BY m.role = 'editor' DESC, m.created_at, m.user_id LIMIT 1 FOR UPDATE) AS successor
            ), promoted AS (
              UPDATE watchlist_members m SET role = 'owner' FROM successors
              WHERE m.watchlist_id = successors.id AND m.user_id = successors.user_id
            ), invitations AS (
              DELETE FROM watchlist_invitations i USING successors WHERE i.watchlist_id = successors.id
            )
            DELETE FROM watchlist_members m USING successors WHERE m.watchlist_id = successors.id AND m.user_id = $1
            """.formatted(OWNED, OTHERS);

    private static final String ASSETS_WITHOUT_OTHER_MEMBERS = """
            DELETE FROM watchlist_assets WHERE (watchlist_id, symbol) IN (
              SELECT a.watchlist_id, a.symbol FROM watchlist_assets a
              JOIN watchlist_members m ON m.watchlist_id = a.watchlist_id
              WHERE %s AND NOT %s LIMIT $3)
            """.formatted(OWNED, OTHERS);
    private static final String LISTS_WITHOUT_OTHER_MEMBERS = """
            DELETE FROM watchlists WHERE id = ANY (ARRAY(
              SELECT w.id FROM watchlists w JOIN watchlist_members m ON m.watchlist_id = w.id
              WHERE %s AND NOT %s ORDER BY w.id LIMIT $3 FOR UPDATE OF w))
            """.formatted(OWNED, OTHERS);
    /** The role is checked again on the row itself. A list handed to the person at this moment is passed on later. */
    private static final String MEMBERSHIPS = """
            DELETE FROM watchlist_members WHERE role <> 'owner' AND (watchlist_id, user_id) IN (
              SELECT watchlist_id, user_id FROM watchlist_members
              WHERE user_id = $1 AND role <> 'owner' AND created_at < %s LIMIT $3)
            """.formatted(ErasureStep.END_OF_LIFE);

    private static final List<ErasureStep> STEPS = List.of(
            ErasureStep.of(PASS_ON, LISTS_AT_ONCE),
            ErasureStep.of(ASSETS_WITHOUT_OTHER_MEMBERS, ROWS_AT_ONCE),
            ErasureStep.of(LISTS_WITHOUT_OTHER_MEMBERS, LISTS_AT_ONCE),
            ErasureStep.of(MEMBERSHIPS, ROWS_AT_ONCE).covering("watchlist_members.user_id"),
            PersonalRows.byIncarnation("watchlist_invitations", "watchlist_id, user_id", "user_id", "incarnation")
                    .delete(ROWS_AT_ONCE),
            PersonalRows.byTime("watchlists", "id", "created_by").anonymise(ROWS_AT_ONCE),
            PersonalRows.byTime("watchlist_assets", "watchlist_id, symbol", "added_by")
                    .anonymise(ROWS_AT_ONCE));

    @Override
    public int order() {
        return 4;
    }

    @Override
    public List<ErasureStep> steps() {
        return STEPS;
    }
}
