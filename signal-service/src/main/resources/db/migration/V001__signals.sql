-- Migration: V001__signals.sql
-- Description: Trading calls that cannot be rewritten, and the row that puts one creator's resolutions in an order
-- Author: TradoSphere
-- Date: 2026-11-22

-- The caller's incarnation, for rows that count toward the caller. No role has a grant on such a column: the default decides.
CREATE FUNCTION caller_incarnation() RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT incarnation FROM profiles WHERE id = auth.uid());

-- One narrow row a creator. Whoever resolves signals locks it first, by lock_creators(); the feed reads whether its signals are
-- fanned out (starred_at NULL) or merged on read. No foreign key: a follow may arrive before the profile does.
CREATE TABLE creators (
  id UUID PRIMARY KEY,
  follower_count BIGINT NOT NULL DEFAULT 0,
  starred_at TIMESTAMPTZ,
  last_resolved_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
) WITH (fillfactor = 70);
CALL auth.guard('creators');
CREATE INDEX idx_creators_stars ON creators (id) WHERE starred_at IS NOT NULL;
CREATE TRIGGER update_creators_updated_at BEFORE UPDATE ON creators
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
-- A row lock asks for an UPDATE privilege. The trigger above overwrites this column, so the grant gives the lock and no more.
GRANT SELECT, INSERT (id), UPDATE (updated_at) ON creators TO ${slice}_app;
CREATE POLICY "Creators viewable by all" ON creators FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Creators make own row" ON creators FOR INSERT TO ${slice}_app
  WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY "Creators lock own row" ON creators FOR UPDATE TO ${slice}_app
  USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));

-- Locks those creators' rows in the order of their ids. Called before any signal of theirs is resolved: the row of a signal
-- locked first and its creator second would deadlock with a batch that does it the other way round.
CREATE FUNCTION lock_creators(creator_ids uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO creators (id) SELECT DISTINCT wanted FROM unnest(creator_ids) AS wanted ORDER BY wanted
    ON CONFLICT (id) DO NOTHING;
  PERFORM FROM creators WHERE id = ANY (creator_ids) ORDER BY id FOR NO KEY UPDATE;
END $$;
REVOKE EXECUTE ON FUNCTION lock_creators(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_creators(uuid[]) TO ${slice}_app, ${slice}_worker;

CREATE TABLE signals (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  creator_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL DEFAULT caller_incarnation(),
  asset_symbol TEXT NOT NULL CHECK (char_length(asset_symbol) BETWEEN 1 AND 32
    AND asset_symbol = upper(asset_symbol) AND asset_symbol !~ '\s'),
  asset_type TEXT NOT NULL CHECK (asset_type IN ('crypto', 'stocks', 'futures', 'forex')),
  direction TEXT NOT NULL CHECK (direction IN ('LONG', 'SHORT')),
  -- NaN and Infinity are greater than every number: a bare > 0 lets them pass.
  entry_price NUMERIC(20, 8) CHECK (entry_price > 0 AND entry_price < 1e12),
  target_price NUMERIC(20, 8) CHECK (target_price > 0 AND target_price < 1e12),
  stop_loss NUMERIC(20, 8) CHECK (stop_loss > 0 AND stop_loss < 1e12),
  outcome_price NUMERIC(20, 8) CHECK (outcome_price > 0 AND outcome_price < 1e12),
  risk_reward_ratio NUMERIC(24, 2)
    GENERATED ALWAYS AS (abs(target_price - entry_price) / nullif(abs(entry_price - stop_loss), 0)) STORED,
  position_size NUMERIC(20, 8) CHECK (position_size > 0 AND position_size < 1e12),
  rationale TEXT NOT NULL CHECK (char_length(rationale) <= 10000 AND rationale ~ '\S'),
  timeframe TEXT CHECK (char_length(timeframe) BETWEEN 1 AND 20),
  chart_image_url TEXT CHECK (char_length(chart_image_url) BETWEEN 1 AND 2048),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'hit', 'miss', 'cancelled')),
  outcome_source TEXT CHECK (outcome_source IN ('market', 'creator')),
  hit_at TIMESTAMPTZ,
  resolved_at TIMESTAMPTZ,
  ai_parsed BOOLEAN NOT NULL DEFAULT false,
  ai_confidence TEXT CHECK (ai_confidence IN ('high', 'medium', 'low')),
  view_count BIGINT NOT NULL DEFAULT 0,
  like_count BIGINT NOT NULL DEFAULT 0,
  comment_count BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL,
  posted_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT signals_levels_fit_direction CHECK (CASE direction
    WHEN 'LONG' THEN coalesce(stop_loss < entry_price, true) AND coalesce(entry_price < target_price, true)
      AND coalesce(stop_loss < target_price, true)
    ELSE coalesce(stop_loss > entry_price, true) AND coalesce(entry_price > target_price, true)
      AND coalesce(stop_loss > target_price, true) END),
  CONSTRAINT signals_hit_reached_target CHECK (status <> 'hit' OR target_price IS NULL OR (outcome_price IS NOT NULL
    AND CASE direction WHEN 'LONG' THEN outcome_price >= target_price ELSE outcome_price <= target_price END)),
  CONSTRAINT signals_miss_reached_stop CHECK (status <> 'miss' OR stop_loss IS NULL OR (outcome_price IS NOT NULL
    AND CASE direction WHEN 'LONG' THEN outcome_price <= stop_loss ELSE outcome_price >= stop_loss END)),
  CONSTRAINT signals_outcome_follows_status CHECK (
    (status = 'active') = (resolved_at IS NULL)
    AND (status = 'active') = (outcome_source IS NULL)
    AND (status = 'hit') = (hit_at IS NOT NULL)
    AND (status <> 'active' OR outcome_price IS NULL))
) WITH (fillfactor = 80);
CALL auth.guard('signals');

-- None of these covers a counter, so that counting stays HOT.
CREATE INDEX idx_signals_creator ON signals (creator_id, posted_at DESC, id DESC);
CREATE INDEX idx_signals_status ON signals (status, posted_at DESC, id DESC);
CREATE INDEX idx_signals_posted_at ON signals (posted_at DESC, id DESC);
CREATE INDEX idx_signals_asset ON signals (asset_symbol, posted_at DESC, id DESC);
CREATE INDEX idx_signals_active_feed ON signals (posted_at DESC, id DESC) WHERE status = 'active';
-- What a tick has crossed is a range of these: open calls of one symbol by target, and by stop.
CREATE INDEX idx_signals_open_target ON signals (asset_symbol, direction, target_price)
  WHERE status = 'active' AND target_price IS NOT NULL;
CREATE INDEX idx_signals_open_stop ON signals (asset_symbol, direction, stop_loss)
  WHERE status = 'active' AND stop_loss IS NOT NULL;

-- What was called stays as it was called, for every role. An outcome comes once; its time is the server's, and grows strictly
-- with each resolution of one creator, whose row is locked until the commit.
CREATE FUNCTION guard_signal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'active' THEN
      RAISE EXCEPTION 'a signal is posted active' USING ERRCODE = 'check_violation', CONSTRAINT = 'signals_posted_active';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.creator_id, NEW.incarnation, NEW.asset_symbol, NEW.asset_type, NEW.direction, NEW.entry_price,
      NEW.target_price, NEW.stop_loss, NEW.ai_parsed, NEW.ai_confidence, NEW.posted_at, NEW.created_at)
    IS DISTINCT FROM
     (OLD.id, OLD.creator_id, OLD.incarnation, OLD.asset_symbol, OLD.asset_type, OLD.direction, OLD.entry_price,
      OLD.target_price, OLD.stop_loss, OLD.ai_parsed, OLD.ai_confidence, OLD.posted_at, OLD.created_at) THEN
    RAISE EXCEPTION 'a call is immutable' USING ERRCODE = 'check_violation', CONSTRAINT = 'signals_call_is_immutable';
  END IF;
  IF OLD.status <> 'active' THEN
    RAISE EXCEPTION 'a resolved signal is final' USING ERRCODE = 'check_violation', CONSTRAINT = 'signals_outcome_is_final';
  END IF;
  IF NEW.status = 'active' THEN
    RETURN NEW;
  END IF;
  INSERT INTO creators AS c (id, last_resolved_at) VALUES (NEW.creator_id, clock_timestamp())
    ON CONFLICT (id) DO UPDATE
      SET last_resolved_at = greatest(clock_timestamp(), c.last_resolved_at + interval '1 microsecond')
    RETURNING c.last_resolved_at INTO NEW.resolved_at;
  NEW.hit_at := CASE NEW.status WHEN 'hit' THEN NEW.resolved_at END;
  NEW.outcome_source := coalesce(NEW.outcome_source, 'creator');
  RETURN NEW;
END $$;

-- Counters are in neither list, so moving them runs no trigger and leaves version and updated_at alone.
-- Triggers fire in the order of their names: the version is drawn after the creator's row is locked.
CREATE TRIGGER guard_signals BEFORE INSERT OR UPDATE OF id, creator_id, incarnation, asset_symbol, asset_type, direction,
    entry_price, target_price, stop_loss, outcome_price, position_size, rationale, timeframe, chart_image_url, status,
    outcome_source, hit_at, resolved_at, ai_parsed, ai_confidence, posted_at, created_at
  ON signals FOR EACH ROW EXECUTE FUNCTION guard_signal();
CREATE TRIGGER update_signals_updated_at BEFORE UPDATE OF outcome_price, position_size, rationale, timeframe,
    chart_image_url, status ON signals
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_signals BEFORE INSERT OR UPDATE OF outcome_price, position_size, rationale, timeframe,
    chart_image_url, status ON signals
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

GRANT SELECT ON signals TO ${slice}_app;
GRANT INSERT (id, creator_id, asset_symbol, asset_type, direction, entry_price, target_price, stop_loss, position_size,
    rationale, timeframe, chart_image_url, ai_parsed, ai_confidence)
  ON signals TO ${slice}_app;
GRANT UPDATE (outcome_price, position_size, rationale, timeframe, chart_image_url, status) ON signals TO ${slice}_app;

CREATE POLICY "Signals viewable by all" ON signals FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Grow+ can create signals" ON signals FOR INSERT TO ${slice}_app
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND (SELECT tier FROM profiles WHERE id = (SELECT auth.uid())) IN ('grow', 'elite', 'gladiator', 'legend'));
CREATE POLICY "Creators can update own signals" ON signals FOR UPDATE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()) AND status = 'active')
  WITH CHECK (creator_id = (SELECT auth.uid()));
-- "Creators can delete own signals" comes with engagement (V002): whether anybody has answered decides.
