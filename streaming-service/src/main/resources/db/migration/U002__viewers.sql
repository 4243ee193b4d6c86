DROP TABLE stream_viewers;
DROP FUNCTION stamp_viewer();
