-- Migration: V002__viewers.sql
-- Description: Who watches which stream, known by heartbeats: the truth behind the viewer counts
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE stream_viewers (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  stream_id UUID NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  -- NULL once that person has departed: total_viewers still counts whoever came.
  viewer_id UUID REFERENCES profiles (id),
  joined_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  last_seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  left_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (stream_id, viewer_id),
  CONSTRAINT stream_viewers_departed_have_left CHECK (viewer_id IS NOT NULL OR left_at IS NOT NULL)
) WITH (fillfactor = 70);
CALL auth.guard('stream_viewers');
-- Not on last_seen_at: a heartbeat must stay HOT. The sweep reads those present, and they are few.
CREATE INDEX idx_stream_viewers_present ON stream_viewers (stream_id) WHERE left_at IS NULL;
CREATE INDEX idx_stream_viewers_viewer ON stream_viewers (viewer_id);

CREATE FUNCTION stamp_viewer() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = '${slice}_app' THEN
    NEW.last_seen_at := now();
    NEW.left_at := CASE WHEN NEW.left_at IS NOT NULL THEN now() END;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamp_stream_viewers BEFORE UPDATE ON stream_viewers
  FOR EACH ROW EXECUTE FUNCTION stamp_viewer();
CREATE TRIGGER update_stream_viewers_updated_at BEFORE UPDATE ON stream_viewers
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

GRANT SELECT ON stream_viewers TO ${slice}_app;
GRANT INSERT (stream_id, viewer_id), UPDATE (last_seen_at, left_at) ON stream_viewers TO ${slice}_app;
CREATE POLICY "Viewers can view own presence" ON stream_viewers FOR SELECT TO ${slice}_app
  USING (viewer_id = (SELECT auth.uid()));
CREATE POLICY "Viewers can join live streams" ON stream_viewers FOR INSERT TO ${slice}_app
  WITH CHECK (viewer_id = (SELECT auth.uid())
    AND EXISTS (SELECT FROM streams s WHERE s.id = stream_id AND s.status = 'live'));
CREATE POLICY "Viewers can stay and leave" ON stream_viewers FOR UPDATE TO ${slice}_app
  USING (viewer_id = (SELECT auth.uid())) WITH CHECK (viewer_id = (SELECT auth.uid()));
