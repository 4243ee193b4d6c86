-- Migration: V001__streams.sql
-- Description: Live streams: one per creator, ended once, by the clock of the server
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE streams (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  creator_id UUID NOT NULL REFERENCES profiles (id),
  title TEXT NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200 AND title ~ '\S'),
  description TEXT CHECK (char_length(description) <= 5000),
  category TEXT NOT NULL CHECK (category IN ('ts_journal', 'competition', 'analysis')),
  -- Random (version 4, not 7), so that the next channel cannot be guessed from a known one.
  agora_channel_id TEXT NOT NULL DEFAULT gen_random_uuid()::text UNIQUE CHECK (char_length(agora_channel_id) BETWEEN 1 AND 64),
  agora_resource_id TEXT CHECK (char_length(agora_resource_id) BETWEEN 1 AND 4096),
  agora_recording_id TEXT CHECK (char_length(agora_recording_id) BETWEEN 1 AND 255),
  -- The latest recording; NULL when there was none. A request sets starting and stopping, the worker what Agora has done.
  recording_status TEXT CHECK (recording_status IN ('starting', 'recording', 'stopping', 'stopped')),
  recording_changed_at TIMESTAMPTZ,
  -- When the job next asks Agora about the recording, or to stop it.
  recording_due_at TIMESTAMPTZ,
  current_symbol TEXT CHECK (char_length(current_symbol) BETWEEN 1 AND 32 AND current_symbol = upper(current_symbol)
    AND current_symbol !~ '\s'),
  status TEXT NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'ended', 'error')),
  current_viewers BIGINT NOT NULL DEFAULT 0 CHECK (current_viewers >= 0),
  peak_viewers BIGINT NOT NULL DEFAULT 0 CHECK (peak_viewers >= 0),
  total_viewers BIGINT NOT NULL DEFAULT 0 CHECK (total_viewers >= 0),
  -- The last heartbeat of the broadcaster: after two minutes without one the stream ends with status error.
  fed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  ended_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT streams_end_follows_status CHECK ((status = 'live') = (ended_at IS NULL)),
  CONSTRAINT streams_viewers_add_up CHECK (current_viewers <= peak_viewers AND peak_viewers <= total_viewers),
  CONSTRAINT streams_recordings_are_known CHECK (recording_status NOT IN ('recording', 'stopping')
    OR (agora_resource_id IS NOT NULL AND agora_recording_id IS NOT NULL AND recording_due_at IS NOT NULL))
) WITH (fillfactor = 70);
CALL auth.guard('streams');
-- Neither the counters nor fed_at are indexed, so that their updates are HOT.
CREATE INDEX idx_streams_creator ON streams (creator_id, started_at DESC, id DESC);
CREATE INDEX idx_streams_status ON streams (status, started_at DESC, id DESC);
CREATE INDEX idx_streams_category ON streams (category, started_at DESC, id DESC);
CREATE INDEX idx_streams_started_at ON streams (started_at DESC, id DESC);
CREATE UNIQUE INDEX uq_streams_one_live ON streams (creator_id) WHERE status = 'live';
CREATE INDEX idx_streams_recording ON streams (id) WHERE recording_status IN ('recording', 'stopping');

CREATE FUNCTION guard_stream() RETURNS trigger
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
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
  IF NEW.status <> 'live' THEN
    -- Rows of viewers are closed later, by the job that closes those of silent viewers.
    NEW.current_viewers := 0;
    IF NEW.recording_status = 'recording' THEN
      NEW.recording_status := 'stopping';
    END IF;
  END IF;
  IF current_user = '${slice}_app' AND NEW.recording_status IS DISTINCT FROM OLD.recording_status THEN
    IF NEW.status = 'live' AND NEW.recording_status = 'starting' THEN
      IF OLD.recording_status IN ('recording', 'stopping') THEN
        RAISE EXCEPTION 'this stream is being recorded' USING ERRCODE = 'check_violation', CONSTRAINT = 'streams_one_recording';
      END IF;
    ELSIF NOT (OLD.recording_status = 'recording' AND NEW.recording_status = 'stopping') THEN
      RAISE EXCEPTION 'what Agora does is the worker''s to say' USING ERRCODE = 'check_violation', CONSTRAINT = 'streams_recording_steps';
    END IF;
  END IF;
  IF NEW.recording_status IS DISTINCT FROM OLD.recording_status THEN
    NEW.recording_changed_at := now();
    NEW.recording_due_at := CASE NEW.recording_status WHEN 'recording' THEN now() + INTERVAL '1 minute' WHEN 'stopping' THEN now() END;
  ELSIF NEW.recording_status = 'starting' AND NEW.recording_changed_at IS NOT DISTINCT FROM OLD.recording_changed_at THEN
    -- A start that nobody finished is begun again.
    NEW.recording_changed_at := now();
  END IF;
  RETURN NEW;
END $$;
-- Changes of viewers, fed_at and the recording do not change version and updated_at.
CREATE TRIGGER guard_streams BEFORE INSERT OR UPDATE OF status, ended_at, fed_at, recording_status ON streams
  FOR EACH ROW EXECUTE FUNCTION guard_stream();
CREATE TRIGGER update_streams_updated_at BEFORE UPDATE OF title, description, category, current_symbol, status ON streams
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_streams BEFORE INSERT OR UPDATE OF title, description, category, current_symbol, status ON streams
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

GRANT SELECT ON streams TO ${slice}_app;
GRANT INSERT (id, creator_id, title, description, category, current_symbol),
    UPDATE (title, current_symbol, status, recording_status)
  ON streams TO ${slice}_app;
CREATE POLICY "Streams viewable by all" ON streams FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Elite+ can create streams" ON streams FOR INSERT TO ${slice}_app
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND auth.tier_is_at_least((SELECT tier FROM profiles WHERE id = (SELECT auth.uid())), 'elite'));
CREATE POLICY "Creators can change and end own live stream" ON streams FOR UPDATE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()) AND status = 'live')
  WITH CHECK (creator_id = (SELECT auth.uid()));

-- The deduplication of Agora notices. It stores no payload, since that holds personal data.
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
