-- Migration: V020__watchlist_changes.sql
-- Description: Changes of a watchlist take turns, and each moves its version
-- Author: TradoSphere
-- Date: 2026-11-24

-- Locks the list until the transaction ends and says what the caller is in it by then; NULL for a stranger, who holds nobody up.
-- Whatever changes a list, its assets or its members begins here. The owner's function, since a policy lets only a list's owner
-- lock it. Erasure locks the same row before it passes a list on.
CREATE FUNCTION watchlist_for_change(list uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM watchlists WHERE id = list
    AND EXISTS (SELECT FROM watchlist_members WHERE watchlist_id = list AND user_id = auth.uid()) FOR NO KEY UPDATE;
  RETURN (SELECT role FROM watchlist_members WHERE watchlist_id = list AND user_id = auth.uid());
END $$;
REVOKE EXECUTE ON FUNCTION watchlist_for_change(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION watchlist_for_change(uuid) TO ${slice}_app;

-- Gives the list of a member its next version, since its assets or members change. It changes nothing else, so that an editor
-- need not be granted what only the owner may.
CREATE FUNCTION watchlist_changed(list uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  UPDATE watchlists SET name = name WHERE id = list
    AND EXISTS (SELECT FROM watchlist_members WHERE watchlist_id = list AND user_id = auth.uid());
$$;
REVOKE EXECUTE ON FUNCTION watchlist_changed(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION watchlist_changed(uuid) TO ${slice}_app;
