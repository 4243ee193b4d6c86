-- Migration: V002__engagement.sql
-- Description: Reactions, comments and views of signals: the truth behind like_count, comment_count and view_count
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE signal_engagement (
  signal_id UUID NOT NULL REFERENCES signals (id) ON DELETE CASCADE,
  -- No cascade: each reaction that goes is announced, so erasure deletes it by name.
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
CREATE POLICY "Engagement viewable by all" ON signal_engagement FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Users can manage own engagement" ON signal_engagement FOR ALL TO ${slice}_app
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

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
CREATE POLICY "Comments viewable by all" ON signal_comments FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Users can comment" ON signal_comments FOR INSERT TO ${slice}_app
  WITH CHECK (author_id = (SELECT auth.uid()));
CREATE POLICY "Author and signal owner can delete comments" ON signal_comments FOR DELETE TO ${slice}_app
  USING (author_id = (SELECT auth.uid())
    OR EXISTS (SELECT FROM signals s WHERE s.id = signal_id AND s.creator_id = (SELECT auth.uid())));

-- Views, summed by the hour. The worker adds a replica's buffer once a second; view_count is their sum.
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
CREATE POLICY "Views viewable by all" ON signal_views FOR SELECT TO ${slice}_app USING (true);

-- A call can be taken back in its first 60 seconds, or while nobody has seen or answered it; never once it is resolved.
GRANT DELETE ON signals TO ${slice}_app;
CREATE POLICY "Creators can delete own signals" ON signals FOR DELETE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()) AND status = 'active'
    AND (posted_at > now() - interval '60 seconds'
      OR NOT (EXISTS (SELECT FROM signal_engagement e WHERE e.signal_id = signals.id)
        OR EXISTS (SELECT FROM signal_comments c WHERE c.signal_id = signals.id)
        OR EXISTS (SELECT FROM signal_views v WHERE v.signal_id = signals.id))));
