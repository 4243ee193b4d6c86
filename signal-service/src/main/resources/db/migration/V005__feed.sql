-- Migration: V005__feed.sql
-- Description: Replicas of follows and blocks, and the timelines that make a personal feed one index range
-- Author: TradoSphere
-- Date: 2026-11-22

-- Replicas from the compacted topics of social-service. A row outlives its unfollow (is_following false) for its sequence: an
-- older event that arrives late changes nothing. No foreign keys: a follow may arrive before either profile.
CREATE TABLE follows (
  follower_id UUID NOT NULL,
  following_id UUID NOT NULL,
  is_following BOOLEAN NOT NULL,
  follower_incarnation BIGINT NOT NULL,
  -- The row counts toward following_id in this incarnation.
  following_incarnation BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (follower_id, following_id),
  CHECK (follower_id <> following_id)
);
CALL auth.guard('follows');
CREATE INDEX idx_follows_following ON follows (following_id, follower_id) WHERE is_following;
-- For erasure, which also deletes the ended follows.
CREATE INDEX idx_follows_unfollowed ON follows (following_id, follower_id) WHERE NOT is_following;
CREATE TRIGGER update_follows_updated_at BEFORE UPDATE ON follows
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON follows TO ${slice}_app;
CREATE POLICY "Follows viewable by all" ON follows FOR SELECT TO ${slice}_app USING (is_following);

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

-- Signals of creators who are no stars, fanned out to each follower. Only one index on purpose: no table is written more
-- often. Rows of a deleted signal are removed reader by reader; until then the join with signals drops them.
CREATE TABLE timeline (
  reader_id UUID NOT NULL,
  posted_at TIMESTAMPTZ NOT NULL,
  signal_id UUID NOT NULL,
  creator_id UUID NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (reader_id, posted_at, signal_id)
);
CALL auth.guard('timeline');
GRANT SELECT ON timeline TO ${slice}_app;
CREATE POLICY "Readers can view own timeline" ON timeline FOR SELECT TO ${slice}_app
  USING (reader_id = (SELECT auth.uid()));
