-- Migration: V011__answers.sql
-- Description: Blocks keep people from answering, and a reaction given again in a new life is of that life
-- Author: TradoSphere
-- Date: 2026-11-22

-- Whether that person has blocked the caller. The owner's function, since nobody may list by whom they are blocked: who answers
-- to somebody who has blocked them finds out, and nothing else.
CREATE FUNCTION is_blocked_by(person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM blocks WHERE blocker_id = person AND blocked_id = auth.uid() AND is_blocking);
END $$;
REVOKE EXECUTE ON FUNCTION is_blocked_by(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_blocked_by(uuid) TO ${slice}_app;

-- One row whichever index is taken: somebody whom thousands have blocked reacts as fast as anybody.
DROP INDEX idx_blocks_blocked;
CREATE INDEX idx_blocks_blocked ON blocks (blocked_id, blocker_id);

-- A reaction has no incarnation of its own; it is of the life in which it began. Given again by who has come back, it begins
-- anew, so that the erasure of the life before does not take it along.
CREATE FUNCTION renew_reaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.created_at < (SELECT to_timestamp(incarnation / 1e6) FROM profiles WHERE id = NEW.user_id) THEN
    NEW.created_at := now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER renew_reaction BEFORE UPDATE OF reaction_type ON signal_engagement
  FOR EACH ROW EXECUTE FUNCTION renew_reaction();
