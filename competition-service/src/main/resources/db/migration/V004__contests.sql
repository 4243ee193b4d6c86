-- Migration: V004__contests.sql
-- Description: A change of who takes part makes the ranking stale; the lock with which changes of a competition begin
-- Author: TradoSphere
-- Date: 2026-11-25

-- Whoever joins, leaves, is disqualified, or goes into stealth mode moves the others' places. The owner's function, since
-- rankings are the worker's alone. Everybody locks a competition's row before its ranking's, so nobody waits crosswise.
CREATE FUNCTION stale_rankings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.status = OLD.status AND NEW.hidden = OLD.hidden THEN
    RETURN NULL;
  END IF;
  PERFORM FROM competitions WHERE id = NEW.competition_id FOR NO KEY UPDATE;
  INSERT INTO rankings (competition_id, stale_since) VALUES (NEW.competition_id, now())
    ON CONFLICT (competition_id) DO UPDATE SET stale_since = coalesce(rankings.stale_since, EXCLUDED.stale_since);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION stale_rankings() FROM PUBLIC;
-- By its name it runs after keep_places.
CREATE TRIGGER stale_rankings AFTER INSERT OR UPDATE OF status, hidden ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION stale_rankings();

-- The competition, locked until the transaction ends: what changes it or somebody's part in it begins here, so that such
-- changes take turns. The owner's function, since a policy would let only its creator lock it, and only while upcoming. The one
-- exception is a first join, which has no row yet that others could lock: it begins with the lock on the stealth row.
CREATE FUNCTION competition_for_change(competition uuid) RETURNS SETOF competitions
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT * FROM competitions WHERE id = competition AND auth.uid() IS NOT NULL FOR NO KEY UPDATE;
$$;
REVOKE ALL ON FUNCTION competition_for_change(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION competition_for_change(uuid) TO ${slice}_app, ${slice}_admin;
