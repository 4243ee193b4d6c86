DROP TABLE blocks;
DROP TABLE follows;
DROP FUNCTION stamp_block();
DROP FUNCTION stamp_follow();
DROP FUNCTION lock_pair(uuid, uuid);
DROP FUNCTION rfc3339(timestamptz);
