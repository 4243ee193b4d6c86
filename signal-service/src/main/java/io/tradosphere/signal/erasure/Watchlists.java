package io.tradosphere.signal.erasure;

import io.tradosphere.platform.people.ForgettingInParts;
import io.tradosphere.platform.people.ForgettingInParts.Part;
import java.util.List;

/**
 * A person's part in watchlists. A list shared with others passes to the editor who has been in it longest, or else to the viewer
 * who has; one that nobody else has goes. What the person added to lists of others stays there without their name.
 */
final class Watchlists {

    private static final int LISTS_AT_ONCE = 200;
    private static final int ROWS_AT_ONCE = 1_000;

    private static final String THEIR_OWN =
            "m.user_id = $1 AND m.role = 'owner' AND m.created_at < " + ForgettingInParts.END_OF_LIFE;
    private static final String OTHERS =
            "EXISTS (SELECT FROM watchlist_members o WHERE o.watchlist_id = m.watchlist_id AND o.user_id <> $1)";

    /**
     * The list's row is locked, the owner's, and then the heir's: who hands over at this moment is no owner any more, and who is
     * leaving inherits nothing.
     */
    private static final String PASS_ON = """
            WITH owned AS MATERIALIZED (
              SELECT w.id FROM watchlists w JOIN watchlist_members m ON m.watchlist_id = w.id
              WHERE %s AND %s
              ORDER BY w.id LIMIT $3 FOR UPDATE OF w, m
            ), heirs AS MATERIALIZED (
              SELECT owned.id, heir.user_id FROM owned CROSS JOIN LATERAL (
                SELECT m.user_id FROM watchlist_members m WHERE m.watchlist_id = owned.id AND m.user_id <> $1
                ORDER BY m.role = 'editor' DESC, m.created_at, m.user_id LIMIT 1 FOR UPDATE) AS heir
            ), crowned AS (
              UPDATE watchlist_members m SET role = 'owner' FROM heirs
              WHERE m.watchlist_id = heirs.id AND m.user_id = heirs.user_id
            )
            DELETE FROM watchlist_members m USING heirs WHERE m.watchlist_id = heirs.id AND m.user_id = $1
            """.formatted(THEIR_OWN, OTHERS);

    private static final String ASSETS_OF_NOBODY_ELSE = """
            DELETE FROM watchlist_assets WHERE (watchlist_id, symbol) IN (
              SELECT a.watchlist_id, a.symbol FROM watchlist_assets a
              JOIN watchlist_members m ON m.watchlist_id = a.watchlist_id
              WHERE %s AND NOT %s LIMIT $3)
            """.formatted(THEIR_OWN, OTHERS);
    private static final String LISTS_OF_NOBODY_ELSE = """
            DELETE FROM watchlists WHERE id IN (
              SELECT w.id FROM watchlists w JOIN watchlist_members m ON m.watchlist_id = w.id
              WHERE %s AND NOT %s ORDER BY w.id LIMIT $3 FOR UPDATE OF w)
            """.formatted(THEIR_OWN, OTHERS);
    /** The role is asked of the row itself once more: a list may be handed to the person at this moment, and is passed on then. */
    private static final String MEMBERSHIPS = """
            DELETE FROM watchlist_members WHERE role <> 'owner' AND (watchlist_id, user_id) IN (
              SELECT watchlist_id, user_id FROM watchlist_members
              WHERE user_id = $1 AND role <> 'owner' AND created_at < %s LIMIT $3)
            """.formatted(ForgettingInParts.END_OF_LIFE);

    private static final String CREATED_BY = """
            UPDATE watchlists SET created_by = NULL WHERE id IN (
              SELECT id FROM watchlists WHERE created_by = $1 AND created_at < %s ORDER BY id LIMIT $3 FOR UPDATE)
            """.formatted(ForgettingInParts.END_OF_LIFE);
    private static final String ADDED_BY = """
            UPDATE watchlist_assets SET added_by = NULL WHERE (watchlist_id, symbol) IN (
              SELECT watchlist_id, symbol FROM watchlist_assets
              WHERE added_by = $1 AND created_at < %s ORDER BY watchlist_id, symbol LIMIT $3 FOR UPDATE)
            """.formatted(ForgettingInParts.END_OF_LIFE);

    static final List<Part> PARTS = List.of(
            Part.of(PASS_ON, LISTS_AT_ONCE),
            Part.of(ASSETS_OF_NOBODY_ELSE, ROWS_AT_ONCE),
            Part.of(LISTS_OF_NOBODY_ELSE, LISTS_AT_ONCE),
            Part.of(MEMBERSHIPS, ROWS_AT_ONCE),
            Part.of(CREATED_BY, ROWS_AT_ONCE),
            Part.of(ADDED_BY, ROWS_AT_ONCE));

    private Watchlists() {}
}
