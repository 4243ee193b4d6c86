DROP FUNCTION watchlist_changed(uuid);
DROP FUNCTION watchlist_for_change(uuid);
