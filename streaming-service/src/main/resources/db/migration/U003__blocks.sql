DROP FUNCTION watching_refusal(uuid);
DROP TABLE blocks;
