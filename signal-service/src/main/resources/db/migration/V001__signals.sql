-- Migration: V001__signals.sql
-- Description: Signals that cannot be rewritten, and the row that orders the resolutions of one creator
-- Author: TradoSphere
-- Date: 2026-11-22

-- The caller's incarnation, for rows that count toward the caller. No role has a grant on such a column: the default sets it.
CREATE FUNCTION caller_incarnation() RETURNS bigint
LANGUAGE sql STABLE
RETURN (SELECT incarnation FROM profiles WHERE id = auth.uid());
GRANT EXECUTE ON FUNCTION caller_incarnation() TO ${slice}_app, ${slice}_worker;

-- One narrow row for each creator. Resolving signals locks it first, by lock_creators(). The feed reads whether the creator's
-- signals are fanned out (starred_at NULL) or merged on read. No foreign key: a follow may arrive before the profile.
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
-- A row lock requires an UPDATE privilege. The trigger above overwrites this column, so the grant allows only the lock.
GRANT SELECT, INSERT (id), UPDATE (updated_at) ON creators TO ${slice}_app;
CREATE POLICY "Creators viewable by all" ON creators FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Creators make own row" ON creators FOR INSERT TO ${slice}_app
  WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY "Creators lock own row" ON creators FOR UPDATE TO ${slice}_app
  USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));

-- Locks the rows of these creators in the order of their ids. Called before any of their signals is resolved. Locking a signal
-- first and its creator second could deadlock with a batch that uses the other order.
CREATE FUNCTION lock_creators(creator_ids uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO creators (id) SELECT DISTINCT wanted FROM unnest(creator_ids) AS wanted ORDER BY wanted
    ON CONFLICT (id) DO NOTHING;
  PERFORM FROM creators WHERE id = ANY (creator_ids) ORDER BY id FOR NO KEY UPDATE;
END $$;
REVOKE EXECUTE ON FUNCTION lock_creators(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_creators(uuid[]) TO ${slice}_app, ${slice}_worker;

-- What a unit gains by a price move, negative for a loss. Positive: the price moves in the direction.
CREATE FUNCTION price_gain(direction text, from_price numeric, to_price numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE direction WHEN 'LONG' THEN to_price - from_price ELSE from_price - to_price END;
GRANT EXECUTE ON FUNCTION price_gain(text, numeric, numeric) TO ${slice}_app, ${slice}_admin, ${slice}_worker;

CREATE TABLE signals (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  creator_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL DEFAULT caller_incarnation(),
  asset_symbol TEXT NOT NULL CHECK (char_length(asset_symbol) BETWEEN 1 AND 32
    AND asset_symbol = upper(asset_symbol) AND asset_symbol !~ '\s'),
  asset_type TEXT NOT NULL CHECK (asset_type IN ('crypto', 'stocks', 'futures', 'forex')),
  direction TEXT NOT NULL CHECK (direction IN ('LONG', 'SHORT')),
  -- NaN and Infinity are greater than every number: > 0 alone would accept them.
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
  audience TEXT NOT NULL DEFAULT 'public' CHECK (audience IN ('public', 'subscribers')),
  -- Whether it is everybody's. One for subscribers becomes so when it is resolved.
  is_public BOOLEAN NOT NULL GENERATED ALWAYS AS (audience = 'public' OR status <> 'active') STORED,
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
  CONSTRAINT signals_levels_fit_direction CHECK (
    coalesce(price_gain(direction, stop_loss, entry_price) > 0, true)
    AND coalesce(price_gain(direction, entry_price, target_price) > 0, true)
    AND coalesce(price_gain(direction, stop_loss, target_price) > 0, true)),
  CONSTRAINT signals_hit_reached_target CHECK (status <> 'hit' OR target_price IS NULL OR (outcome_price IS NOT NULL
    AND price_gain(direction, target_price, outcome_price) >= 0)),
  CONSTRAINT signals_miss_reached_stop CHECK (status <> 'miss' OR stop_loss IS NULL OR (outcome_price IS NOT NULL
    AND price_gain(direction, stop_loss, outcome_price) <= 0)),
  CONSTRAINT signals_outcome_follows_status CHECK (
    (status = 'active') = (resolved_at IS NULL)
    AND (status = 'active') = (outcome_source IS NULL)
    AND (status = 'hit') = (hit_at IS NOT NULL)
    AND (status <> 'active' OR outcome_price IS NULL))
) WITH (fillfactor = 80);
CALL auth.guard('signals');

-- None of these covers a counter, so that counter updates stay HOT. Lists that are the same for all read public signals alone,
-- so however many are for subscribers, no list passes over one.
CREATE INDEX idx_signals_creator ON signals (creator_id, is_public, posted_at DESC, id DESC);
CREATE INDEX idx_signals_status ON signals (status, posted_at DESC, id DESC) WHERE is_public;
CREATE INDEX idx_signals_posted_at ON signals (posted_at DESC, id DESC) WHERE is_public;
CREATE INDEX idx_signals_asset ON signals (asset_symbol, posted_at DESC, id DESC) WHERE is_public;
CREATE INDEX idx_signals_active_feed ON signals (posted_at DESC, id DESC) WHERE status = 'active' AND is_public;
-- What a subscriber's feed merges, resolved ones too.
CREATE INDEX idx_signals_subscribers ON signals (creator_id, posted_at DESC, id DESC) WHERE audience = 'subscribers';
-- For the limit of active signals of one creator.
CREATE INDEX idx_signals_active_creator ON signals (creator_id) WHERE status = 'active';
-- The signals crossed by a tick are a range of these: active signals of a symbol by target, and by stop.
CREATE INDEX idx_signals_open_target ON signals (asset_symbol, direction, target_price)
  WHERE status = 'active' AND target_price IS NOT NULL;
CREATE INDEX idx_signals_open_stop ON signals (asset_symbol, direction, stop_loss)
  WHERE status = 'active' AND stop_loss IS NOT NULL;

-- A signal's asset, direction, prices and audience are immutable, for every role. It is resolved once. The server sets the time, which
-- strictly increases over the resolutions of one creator: the creator's row is locked until the commit. Where the market resolves
-- (V006), a creator can only cancel, in the first 60 seconds.
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
      NEW.target_price, NEW.stop_loss, NEW.ai_parsed, NEW.ai_confidence, NEW.audience, NEW.posted_at,
      NEW.created_at)
    IS DISTINCT FROM
     (OLD.id, OLD.creator_id, OLD.incarnation, OLD.asset_symbol, OLD.asset_type, OLD.direction, OLD.entry_price,
      OLD.target_price, OLD.stop_loss, OLD.ai_parsed, OLD.ai_confidence, OLD.audience, OLD.posted_at,
      OLD.created_at) THEN
    RAISE EXCEPTION 'a signal is immutable' USING ERRCODE = 'check_violation', CONSTRAINT = 'signals_levels_are_immutable';
  END IF;
  IF OLD.status <> 'active' THEN
    RAISE EXCEPTION 'a resolved signal is final' USING ERRCODE = 'check_violation', CONSTRAINT = 'signals_outcome_is_final';
  END IF;
  IF NEW.status = 'active' THEN
    RETURN NEW;
  END IF;
  NEW.outcome_source := coalesce(NEW.outcome_source, 'creator');
  IF NEW.outcome_source = 'creator' AND market_resolves(NEW)
    AND (NEW.status <> 'cancelled' OR NEW.posted_at <= clock_timestamp() - interval '60 seconds') THEN
    RAISE EXCEPTION 'market prices resolve this signal'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'signals_market_resolves';
  END IF;
  INSERT INTO creators AS c (id, last_resolved_at) VALUES (NEW.creator_id, clock_timestamp())
    ON CONFLICT (id) DO UPDATE
      SET last_resolved_at = greatest(clock_timestamp(), c.last_resolved_at + interval '1 microsecond')
    RETURNING c.last_resolved_at INTO NEW.resolved_at;
  NEW.hit_at := CASE NEW.status WHEN 'hit' THEN NEW.resolved_at END;
  RETURN NEW;
END $$;

-- Counters are in neither list, so updating them runs no trigger and keeps version and updated_at. Triggers fire in the order
-- of their names: the version is drawn after the creator's row is locked.
CREATE TRIGGER guard_signals BEFORE INSERT OR UPDATE OF id, creator_id, incarnation, asset_symbol, asset_type, direction,
    entry_price, target_price, stop_loss, outcome_price, position_size, rationale, timeframe, chart_image_url, status,
    outcome_source, hit_at, resolved_at, ai_parsed, ai_confidence, audience, posted_at, created_at
  ON signals FOR EACH ROW EXECUTE FUNCTION guard_signal();
CREATE TRIGGER update_signals_updated_at BEFORE UPDATE OF outcome_price, position_size, rationale, timeframe,
    chart_image_url, status ON signals
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_signals BEFORE INSERT OR UPDATE OF outcome_price, position_size, rationale, timeframe,
    chart_image_url, status ON signals
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

GRANT SELECT ON signals TO ${slice}_app;
GRANT INSERT (id, creator_id, asset_symbol, asset_type, direction, entry_price, target_price, stop_loss, position_size,
    rationale, timeframe, chart_image_url, ai_parsed, ai_confidence, audience)
  ON signals TO ${slice}_app;
GRANT UPDATE (outcome_price, position_size, rationale, timeframe, chart_image_url, status) ON signals TO ${slice}_app;

-- Who may read signals follows in V012.
CREATE POLICY "Grow+ can create signals" ON signals FOR INSERT TO ${slice}_app
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND auth.tier_is_at_least((SELECT tier FROM profiles WHERE id = (SELECT auth.uid())), 'grow'));
CREATE POLICY "Creators can update own signals" ON signals FOR UPDATE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()) AND status = 'active')
  WITH CHECK (creator_id = (SELECT auth.uid()));
-- "Creators can delete own signals" follows in V002.
