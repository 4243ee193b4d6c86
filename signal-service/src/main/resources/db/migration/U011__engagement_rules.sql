DROP TRIGGER renew_reaction ON signal_engagement;
DROP FUNCTION renew_reaction();
DROP INDEX idx_blocks_blocked;
CREATE INDEX idx_blocks_blocked ON blocks (blocked_id);
DROP FUNCTION is_blocked_by(uuid);
