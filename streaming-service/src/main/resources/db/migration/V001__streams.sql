-- Migration: V001__streams.sql
-- Description: Live streams: one a creator, ended once, by the server's clock
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE streams (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  creator_id UUID NOT NULL REFERENCES profiles (id),
  title TEXT NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200 AND title ~ '\S'),
  description TEXT CHECK (char_length(description) <= 5000),
  category TEXT NOT NULL CHECK (category IN ('ts_journal', 'competition', 'analysis')),
  -- Random (version 4, not 7): who knows one channel must not be able to guess the next.
  agora_channel_id TEXT NOT NULL DEFAULT gen_random_uuid()::text UNIQUE CHECK (char_length(agora_channel_id) BETWEEN 1 AND 64),
  agora_resource_id TEXT CHECK (char_length(agora_resource_id) BETWEEN 1 AND 4096),
  agora_recording_id TEXT CHECK (char_length(agora_recording_id) BETWEEN 1 AND 255),
  current_symbol TEXT CHECK (char_length(current_symbol) BETWEEN 1 AND 32 AND current_symbol = upper(current_symbol)
    AND current_symbol !~ '\s'),
  status TEXT NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'ended', 'error')),
  current_viewers BIGINT NOT NULL DEFAULT 0 CHECK (current_viewers >= 0),
  peak_viewers BIGINT NOT NULL DEFAULT 0 CHECK (peak_viewers >= 0),
  total_viewers BIGINT NOT NULL DEFAULT 0 CHECK (total_viewers >= 0),
  -- The last sign of the broadcaster: without one for two minutes the stream ends as error.
  fed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  ended_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT streams_end_follows_status CHECK ((status = 'live') = (ended_at IS NULL))
) WITH (fillfactor = 70);
CALL auth.guard('streams');
-- Neither the counters nor fed_at are indexed, so that viewers coming and going stay HOT.
CREATE INDEX idx_streams_creator ON streams (creator_id, started_at DESC, id DESC);
CREATE INDEX idx_streams_status ON streams (started_at DESC, id DESC) WHERE status = 'live';
CREATE INDEX idx_streams_started_at ON streams (started_at DESC, id DESC);
CREATE UNIQUE INDEX uq_streams_one_live ON streams (creator_id) WHERE status = 'live';

CREATE FUNCTION guard_stream() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'live' THEN
      RAISE EXCEPTION 'a stream begins live' USING ERRCODE = 'check_violation', CONSTRAINT = 'streams_begin_live';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status <> OLD.status AND OLD.status <> 'live' THEN
    RAISE EXCEPTION 'this stream has ended' USING ERRCODE = 'check_violation', CONSTRAINT = 'streams_end_once';
  END IF;
  NEW.ended_at := CASE WHEN NEW.status <> 'live' THEN coalesce(OLD.ended_at, now()) END;
  NEW.fed_at := least(NEW.fed_at, now());
  RETURN NEW;
END $$;
-- Viewers and fed_at are no news of the stream: they leave version and updated_at alone.
CREATE TRIGGER guard_streams BEFORE INSERT OR UPDATE OF status, ended_at, fed_at ON streams
  FOR EACH ROW EXECUTE FUNCTION guard_stream();
CREATE TRIGGER update_streams_updated_at BEFORE UPDATE OF title, description, category, current_symbol, status,
    agora_resource_id, agora_recording_id ON streams
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_streams BEFORE INSERT OR UPDATE OF title, description, category, current_symbol, status,
    agora_resource_id, agora_recording_id ON streams
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

GRANT SELECT ON streams TO ${slice}_app;
GRANT INSERT (id, creator_id, title, description, category, current_symbol),
    UPDATE (title, description, current_symbol, status, agora_resource_id, agora_recording_id, fed_at)
  ON streams TO ${slice}_app;
CREATE POLICY "Streams viewable by all" ON streams FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Elite+ can create streams" ON streams FOR INSERT TO ${slice}_app
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND (SELECT tier FROM profiles WHERE id = (SELECT auth.uid())) IN ('elite', 'gladiator', 'legend'));
CREATE POLICY "Creators can change and end own live stream" ON streams FOR UPDATE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()) AND status = 'live')
  WITH CHECK (creator_id = (SELECT auth.uid()));

-- Agora's notices are applied once each. No payload: it names people.
CREATE TABLE agora_notices (
  id TEXT PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 255),
  event_type INTEGER NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('agora_notices');
CREATE INDEX idx_agora_notices_created_at ON agora_notices USING brin (created_at);
CREATE TRIGGER update_agora_notices_updated_at BEFORE UPDATE ON agora_notices
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
