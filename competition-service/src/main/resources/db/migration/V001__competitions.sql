-- Migration: V001__competitions.sql
-- Description: Competitions and their guarded status transitions
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE competitions (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  -- NULL once the creator is erased: the competition and its participants remain.
  creator_id UUID REFERENCES profiles (id),
  name TEXT NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200 AND name ~ '\S'),
  description TEXT CHECK (char_length(description) <= 5000),
  type TEXT NOT NULL CHECK (type IN ('1v1', 'team', 'free_for_all')),
  -- NaN is greater than every number, so >= 0 alone would accept it.
  entry_fee NUMERIC(14, 2) NOT NULL DEFAULT 0 CHECK (entry_fee >= 0 AND entry_fee < 1e12),
  prize_pool NUMERIC(14, 2) NOT NULL CHECK (prize_pool >= 0 AND prize_pool < 1e12),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  platform_fee_percentage NUMERIC(5, 2) NOT NULL DEFAULT 5
    CHECK (platform_fee_percentage >= 0 AND platform_fee_percentage <= 100),
  rules JSONB NOT NULL CHECK (jsonb_typeof(rules) = 'object' AND octet_length(rules::text) <= 10000),
  max_participants INTEGER CHECK (max_participants BETWEEN 2 AND 1000000),
  scoring_metrics JSONB NOT NULL
    CHECK (jsonb_typeof(scoring_metrics) = 'object' AND octet_length(scoring_metrics::text) <= 10000),
  status TEXT NOT NULL DEFAULT 'upcoming' CHECK (status IN ('upcoming', 'active', 'completed', 'cancelled')),
  participant_count BIGINT NOT NULL DEFAULT 0 CHECK (participant_count >= 0),
  starts_at TIMESTAMPTZ NOT NULL CHECK (isfinite(starts_at)),
  ends_at TIMESTAMPTZ NOT NULL CHECK (isfinite(ends_at)),
  completed_at TIMESTAMPTZ,
  cancelled_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT competitions_end_after_start CHECK (ends_at > starts_at),
  CONSTRAINT competitions_duel_has_two_places CHECK (type <> '1v1' OR max_participants IS NOT DISTINCT FROM 2),
  CONSTRAINT competitions_within_capacity CHECK (participant_count <= max_participants),
  CONSTRAINT competitions_times_match_status CHECK (
    (status = 'completed') = (completed_at IS NOT NULL) AND (status = 'cancelled') = (cancelled_at IS NOT NULL))
) WITH (fillfactor = 80);
CALL auth.guard('competitions');
CREATE INDEX idx_competitions_status ON competitions (status, created_at DESC, id DESC);
CREATE INDEX idx_competitions_creator ON competitions (creator_id, created_at DESC, id DESC);
CREATE INDEX idx_competitions_created_at ON competitions (created_at DESC, id DESC);
CREATE INDEX idx_competitions_starts_at ON competitions (starts_at) WHERE status = 'upcoming';
CREATE INDEX idx_competitions_ends_at ON competitions (ends_at) WHERE status = 'active';

CREATE FUNCTION guard_competition() RETURNS trigger
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'upcoming' THEN
      RAISE EXCEPTION 'a new competition must be upcoming'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'competitions_start_upcoming';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status <> OLD.status
    AND (OLD.status, NEW.status) NOT IN (('upcoming', 'active'), ('upcoming', 'cancelled'), ('active', 'completed')) THEN
    RAISE EXCEPTION 'a competition cannot change from % to %', OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'competitions_transition';
  END IF;
  -- Participants joined by these terms. The worker and the owner are bound by none of this.
  IF current_user IN ('${slice}_app', '${slice}_admin') AND OLD.participant_count > 0 AND NOT (
    NEW.prize_pool >= OLD.prize_pool AND NEW.platform_fee_percentage <= OLD.platform_fee_percentage
    AND coalesce(NEW.max_participants >= OLD.max_participants, NEW.max_participants IS NULL)
    AND (NEW.entry_fee, NEW.type, NEW.rules, NEW.scoring_metrics, NEW.starts_at, NEW.ends_at)
      = (OLD.entry_fee, OLD.type, OLD.rules, OLD.scoring_metrics, OLD.starts_at, OLD.ends_at)) THEN
    RAISE EXCEPTION 'participants have joined by other terms'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'competitions_participants_bound';
  END IF;
  NEW.completed_at := CASE NEW.status WHEN 'completed' THEN coalesce(OLD.completed_at, now()) END;
  NEW.cancelled_at := CASE NEW.status WHEN 'cancelled' THEN coalesce(OLD.cancelled_at, now()) END;
  RETURN NEW;
END $$;
-- participant_count is in none of these lists, so a join does not change version and updated_at.
CREATE TRIGGER guard_competitions BEFORE INSERT OR UPDATE OF status, completed_at, cancelled_at, type, entry_fee, prize_pool,
    platform_fee_percentage, rules, max_participants, scoring_metrics, starts_at, ends_at ON competitions
  FOR EACH ROW EXECUTE FUNCTION guard_competition();
CREATE TRIGGER update_competitions_updated_at BEFORE UPDATE OF name, description, type, entry_fee, prize_pool,
    platform_fee_percentage, rules, max_participants, scoring_metrics, status, starts_at, ends_at ON competitions
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_competitions BEFORE INSERT OR UPDATE OF name, description, type, entry_fee, prize_pool,
    platform_fee_percentage, rules, max_participants, scoring_metrics, status, starts_at, ends_at ON competitions
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

GRANT SELECT ON competitions TO ${slice}_app, ${slice}_admin;
GRANT INSERT (id, creator_id, name, description, type, entry_fee, prize_pool, platform_fee_percentage, rules,
    max_participants, scoring_metrics, starts_at, ends_at)
  ON competitions TO ${slice}_app;
GRANT UPDATE (name, description, prize_pool, platform_fee_percentage, rules, max_participants, scoring_metrics, status,
    starts_at, ends_at)
  ON competitions TO ${slice}_app;
CREATE POLICY "Competitions viewable by all" ON competitions FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Competitions viewable by admins" ON competitions FOR SELECT TO ${slice}_admin USING (true);
CREATE POLICY "Gladiators can create competitions" ON competitions FOR INSERT TO ${slice}_app
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND auth.tier_is_at_least((SELECT tier FROM profiles WHERE id = (SELECT auth.uid())), 'gladiator'));
CREATE POLICY "Creators can change and cancel while upcoming" ON competitions FOR UPDATE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()) AND status = 'upcoming')
  WITH CHECK (creator_id = (SELECT auth.uid()) AND status IN ('upcoming', 'cancelled'));
GRANT UPDATE (status) ON competitions TO ${slice}_admin;
CREATE POLICY "Admins can cancel while upcoming" ON competitions FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL AND status = 'upcoming') WITH CHECK (status = 'cancelled');
