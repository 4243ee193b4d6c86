-- Migration: V001__blocks.sql
-- Description: Copies of who blocks and follows whom: who may write to whom, and who hears of a creator
-- Author: TradoSphere
-- Date: 2026-11-22

-- Copies from social's compacted topics. A row outlives its block or follow for its sequence: an older event that comes late
-- changes nothing. No foreign keys: an event may arrive before either profile does.
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
GRANT SELECT ON blocks TO ${slice}_app;
CREATE POLICY "Users can view own blocks" ON blocks FOR SELECT TO ${slice}_app
  USING (is_blocking AND blocker_id = (SELECT auth.uid()));

-- Whether that person blocks the caller. It reads past the policy, one person at a time: nobody can list by whom it is blocked.
CREATE FUNCTION blocked_by(person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM blocks WHERE blocker_id = person AND blocked_id = auth.uid() AND is_blocking)
$$;
REVOKE EXECUTE ON FUNCTION blocked_by(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION blocked_by(uuid) TO ${slice}_app;

CREATE TABLE follows (
  follower_id UUID NOT NULL,
  following_id UUID NOT NULL,
  follower_incarnation BIGINT NOT NULL,
  following_incarnation BIGINT NOT NULL,
  is_following BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (follower_id, following_id),
  CHECK (follower_id <> following_id)
);
CALL auth.guard('follows');
CREATE INDEX idx_follows_following ON follows (following_id, follower_id) WHERE is_following;
-- By which erasure finds the rest of them.
CREATE INDEX idx_follows_unfollowed ON follows (following_id, follower_id) WHERE NOT is_following;
CREATE TRIGGER update_follows_updated_at BEFORE UPDATE ON follows
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
