DROP TABLE follows;
DROP FUNCTION blocked_by(uuid);
DROP TABLE blocks;
