DROP TABLE stream_viewers;
