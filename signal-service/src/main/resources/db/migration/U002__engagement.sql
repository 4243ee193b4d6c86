DROP POLICY "Creators can delete own signals" ON signals;
REVOKE DELETE ON signals FROM ${slice}_app;
DROP TABLE view_keys;
DROP TABLE recent_views;
DROP TABLE signal_views;
DROP TABLE signal_comments;
DROP TABLE signal_engagement;
