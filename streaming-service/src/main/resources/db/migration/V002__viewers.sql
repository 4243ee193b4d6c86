-- Migration: V002__viewers.sql
-- Description: Viewers of streams by heartbeats, from which viewer counts are computed
-- Author: TradoSphere
-- Date: 2026-11-22

-- Only the worker writes it, with the counts of the stream, whose row it locks first.
CREATE TABLE stream_viewers (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  stream_id UUID NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  -- NULL once that person has been erased: total_viewers still counts the view.
  viewer_id UUID REFERENCES profiles (id),
  joined_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  last_seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  left_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (stream_id, viewer_id),
  CONSTRAINT stream_viewers_erased_have_left CHECK (viewer_id IS NOT NULL OR left_at IS NOT NULL)
) WITH (fillfactor = 70);
CALL auth.guard('stream_viewers');
-- Not on last_seen_at: a heartbeat must be a HOT update. The expiry job reads present viewers only, which are few.
CREATE INDEX idx_stream_viewers_present ON stream_viewers (stream_id) WHERE left_at IS NULL;
CREATE INDEX idx_stream_viewers_viewer ON stream_viewers (viewer_id);
CREATE TRIGGER update_stream_viewers_updated_at BEFORE UPDATE ON stream_viewers
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
