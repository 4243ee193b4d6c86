DROP TABLE watchlist_assets;
DROP POLICY "Members can view watchlists" ON watchlists;
DROP POLICY "Owner can rename watchlist" ON watchlists;
DROP POLICY "Owner can delete watchlist" ON watchlists;
DROP TABLE watchlist_members;
DROP TABLE watchlists;
DROP FUNCTION watchlists_as(text[]);
DROP FUNCTION insert_watchlist_owner();
DROP FUNCTION require_watchlist_owner();
