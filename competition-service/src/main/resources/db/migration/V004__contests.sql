-- Migration: V004__contests.sql
-- Description: Participant changes mark the ranking as stale; the lock that serialises changes of a competition
-- Author: TradoSphere
-- Date: 2026-11-25

-- A join, withdrawal, disqualification or change of stealth mode changes other participants' ranks. SECURITY DEFINER, since
-- only the worker may write rankings. Every transaction locks a competition before its ranking, which prevents deadlocks. The
-- joins of one statement mark each ranking once.
CREATE FUNCTION mark_joined_rankings_stale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  -- Without a change of its row, a ranking in progress would not see that it is stale again.
  INSERT INTO rankings (competition_id, stale_since)
    SELECT DISTINCT competition_id, now() FROM joined ORDER BY competition_id
    ON CONFLICT (competition_id) DO UPDATE SET stale_since = coalesce(rankings.stale_since, EXCLUDED.stale_since);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION mark_joined_rankings_stale() FROM PUBLIC;
-- Triggers run in name order: this one follows count_joins, which has locked the competitions.
CREATE TRIGGER mark_joined_rankings_stale AFTER INSERT ON competition_participants
  REFERENCING NEW TABLE AS joined FOR EACH STATEMENT EXECUTE FUNCTION mark_joined_rankings_stale();

CREATE FUNCTION mark_rankings_stale() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.status = OLD.status AND NEW.hidden = OLD.hidden THEN
    RETURN NULL;
  END IF;
  PERFORM FROM competitions WHERE id = NEW.competition_id FOR NO KEY UPDATE;
  INSERT INTO rankings (competition_id, stale_since) VALUES (NEW.competition_id, now())
    ON CONFLICT (competition_id) DO UPDATE SET stale_since = coalesce(rankings.stale_since, EXCLUDED.stale_since);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION mark_rankings_stale() FROM PUBLIC;
-- Triggers run in name order: this one follows count_participants.
CREATE TRIGGER mark_rankings_stale AFTER UPDATE OF status, hidden ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION mark_rankings_stale();

-- Locks a competition until the transaction ends. Every change of a competition or of an existing participant starts here, so
-- such changes are serialised. SECURITY DEFINER, since a policy would allow the lock only to the creator and only while
-- upcoming. A first join is the exception: it has no row yet and starts with the lock on the stealth row (decide_joins).
CREATE FUNCTION lock_competition(competition uuid) RETURNS SETOF competitions
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT * FROM competitions WHERE id = competition AND auth.uid() IS NOT NULL FOR NO KEY UPDATE;
$$;
REVOKE ALL ON FUNCTION lock_competition(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_competition(uuid) TO ${slice}_app, ${slice}_admin;
