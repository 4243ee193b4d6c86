-- Migration: V003__blocks.sql
-- Description: The replica of blocks, and whom a block keeps from a stream
-- Author: TradoSphere
-- Date: 2026-11-30

-- A replica of a compacted social topic. A row outlives its block to keep the sequence: an older late event then changes
-- nothing. There are no foreign keys, since an event may arrive before either profile.
CREATE TABLE blocks (
  blocker_id UUID NOT NULL,
  blocked_id UUID NOT NULL,
  blocker_incarnation BIGINT NOT NULL,
  blocked_incarnation BIGINT NOT NULL,
  is_blocking BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (blocker_id, blocked_id),
  CHECK (blocker_id <> blocked_id)
);
CALL auth.guard('blocks');
CREATE INDEX idx_blocks_blocked ON blocks (blocked_id);
CREATE TRIGGER update_blocks_updated_at BEFORE UPDATE ON blocks
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Why the caller may not watch that creator; NULL if they may. It reads past the policies, for one person per call, so a caller
-- cannot list who blocks them.
CREATE FUNCTION watching_refusal(creator uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = creator AND blocked_id = auth.uid() AND is_blocking) THEN 'BLOCKED'
    WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = auth.uid() AND blocked_id = creator AND is_blocking) THEN 'BLOCKING'
  END
$$;
REVOKE EXECUTE ON FUNCTION watching_refusal(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION watching_refusal(uuid) TO ${slice}_app;
