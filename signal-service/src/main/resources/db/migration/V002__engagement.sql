-- Migration: V002__engagement.sql
-- Description: Reactions, comments and views of signals: the source of like_count, comment_count and view_count
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE signal_engagement (
  signal_id UUID NOT NULL REFERENCES signals (id) ON DELETE CASCADE,
  -- No cascade: every removed reaction is published as an event, so erasure deletes it explicitly.
  user_id UUID NOT NULL REFERENCES profiles (id),
  reaction_type TEXT NOT NULL CHECK (reaction_type IN ('fire', 'thinking', 'rocket', 'like', 'bullish', 'bearish')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (signal_id, user_id)
);
CALL auth.guard('signal_engagement');
CREATE INDEX idx_engagement_user ON signal_engagement (user_id);
CREATE TRIGGER update_signal_engagement_updated_at BEFORE UPDATE ON signal_engagement
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, DELETE ON signal_engagement TO ${slice}_app;
GRANT INSERT (signal_id, user_id, reaction_type), UPDATE (reaction_type) ON signal_engagement TO ${slice}_app;
-- Policies of reactions and comments follow in V012.

CREATE TABLE signal_comments (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  signal_id UUID NOT NULL REFERENCES signals (id) ON DELETE CASCADE,
  author_id UUID NOT NULL REFERENCES profiles (id),
  content TEXT NOT NULL CHECK (char_length(content) BETWEEN 1 AND 2000 AND content ~ '\S'),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('signal_comments');
CREATE INDEX idx_signal_comments_signal ON signal_comments (signal_id, created_at DESC, id DESC);
CREATE INDEX idx_signal_comments_author ON signal_comments (author_id);
CREATE TRIGGER update_signal_comments_updated_at BEFORE UPDATE ON signal_comments
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, DELETE ON signal_comments TO ${slice}_app;
GRANT INSERT (id, signal_id, author_id, content) ON signal_comments TO ${slice}_app;
CREATE POLICY "Author and signal owner can delete comments" ON signal_comments FOR DELETE TO ${slice}_app
  USING (author_id = (SELECT auth.uid())
    OR EXISTS (SELECT FROM signals s WHERE s.id = signal_id AND s.creator_id = (SELECT auth.uid())));

-- Views by the hour. The worker adds the buffer of each replica once a second; view_count is their sum.
CREATE TABLE signal_views (
  signal_id UUID NOT NULL REFERENCES signals (id) ON DELETE CASCADE,
  bucket_at TIMESTAMPTZ NOT NULL,
  views BIGINT NOT NULL CHECK (views > 0),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (signal_id, bucket_at)
) WITH (fillfactor = 70);
CALL auth.guard('signal_views');
CREATE TRIGGER update_signal_views_updated_at BEFORE UPDATE ON signal_views
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON signal_views TO ${slice}_app;

-- A viewer counts once in ten minutes. A viewer is an HMAC of a profile id or an address, under a key that lives for a day.
CREATE TABLE recent_views (
  signal_id UUID NOT NULL REFERENCES signals (id) ON DELETE CASCADE,
  viewer BYTEA NOT NULL CHECK (octet_length(viewer) = 16),
  viewed_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (signal_id, viewer)
) WITH (fillfactor = 70);
CALL auth.guard('recent_views');
CREATE TRIGGER update_recent_views_updated_at BEFORE UPDATE ON recent_views
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE INDEX idx_recent_views_age ON recent_views (viewed_at);

CREATE TABLE view_keys (
  day DATE PRIMARY KEY,
  key BYTEA NOT NULL CHECK (octet_length(key) = 32),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('view_keys');
CREATE TRIGGER update_view_keys_updated_at BEFORE UPDATE ON view_keys
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- A signal can be deleted only while it is active and in its first 60 seconds: later a creator could delete the losing ones.
-- clock_timestamp(): now() stands still in a transaction that is kept open.
GRANT DELETE ON signals TO ${slice}_app;
CREATE POLICY "Creators can delete own signals" ON signals FOR DELETE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()) AND status = 'active'
    AND posted_at > clock_timestamp() - interval '60 seconds');
