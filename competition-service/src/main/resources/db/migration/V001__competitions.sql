-- Migration: V001__competitions.sql
-- Description: Competitions and their guarded course from upcoming to completed
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE competitions (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  -- NULL once the organiser has departed: the competition and its participants stay.
  creator_id UUID REFERENCES profiles (id),
  name TEXT NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200 AND name ~ '\S'),
  description TEXT CHECK (char_length(description) <= 5000),
  type TEXT NOT NULL CHECK (type IN ('1v1', 'team', 'free_for_all')),
  -- NaN is greater than every number: a bare >= 0 lets it pass.
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
  CONSTRAINT competitions_duel_is_for_two CHECK (type <> '1v1' OR max_participants IS NOT DISTINCT FROM 2),
  CONSTRAINT competitions_not_overfull CHECK (participant_count <= max_participants),
  CONSTRAINT competitions_times_follow_status CHECK (
    (status = 'completed') = (completed_at IS NOT NULL) AND (status = 'cancelled') = (cancelled_at IS NOT NULL))
) WITH (fillfactor = 80);
CALL auth.guard('competitions');
CREATE INDEX idx_competitions_status ON competitions (status, created_at DESC, id DESC);
CREATE INDEX idx_competitions_creator ON competitions (creator_id, created_at DESC, id DESC);
CREATE INDEX idx_competitions_created_at ON competitions (created_at DESC, id DESC);
CREATE INDEX idx_competitions_starts_at ON competitions (starts_at) WHERE status = 'upcoming';
CREATE INDEX idx_competitions_ends_at ON competitions (ends_at) WHERE status = 'active';

CREATE FUNCTION guard_competition() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'upcoming' THEN
      RAISE EXCEPTION 'a competition begins as upcoming'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'competitions_begin_upcoming';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status <> OLD.status
    AND (OLD.status, NEW.status) NOT IN (('upcoming', 'active'), ('upcoming', 'cancelled'), ('active', 'completed')) THEN
    RAISE EXCEPTION 'a competition cannot go from % to %', OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'competitions_transition';
  END IF;
  NEW.completed_at := CASE NEW.status WHEN 'completed' THEN coalesce(OLD.completed_at, now()) END;
  NEW.cancelled_at := CASE NEW.status WHEN 'cancelled' THEN coalesce(OLD.cancelled_at, now()) END;
  RETURN NEW;
END $$;
-- participant_count is in none of these lists, so a join leaves version and updated_at alone.
CREATE TRIGGER guard_competitions BEFORE INSERT OR UPDATE OF status, completed_at, cancelled_at ON competitions
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
    AND (SELECT tier FROM profiles WHERE id = (SELECT auth.uid())) IN ('gladiator', 'legend'));
CREATE POLICY "Creators can change and cancel while upcoming" ON competitions FOR UPDATE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()) AND status = 'upcoming')
  WITH CHECK (creator_id = (SELECT auth.uid()) AND status IN ('upcoming', 'cancelled'));
