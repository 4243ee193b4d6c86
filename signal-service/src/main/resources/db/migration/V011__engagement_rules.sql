-- Migration: V011__engagement_rules.sql
-- Description: Blocks prevent reactions and comments, and a repeated reaction belongs to the present incarnation
-- Author: TradoSphere
-- Date: 2026-11-22

-- Whether that person has blocked the caller. SECURITY DEFINER, since nobody may list who has blocked them: a blocked caller
-- learns of the block only by reacting or commenting.
CREATE FUNCTION is_blocked_by(person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM blocks WHERE blocker_id = person AND blocked_id = auth.uid() AND is_blocking);
END $$;
REVOKE EXECUTE ON FUNCTION is_blocked_by(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_blocked_by(uuid) TO ${slice}_app;

-- At most one row by either index: a profile blocked by thousands reacts as fast as others.
DROP INDEX idx_blocks_blocked;
CREATE INDEX idx_blocks_blocked ON blocks (blocked_id, blocker_id);

-- A reaction has no incarnation; it belongs to the one in which it was created. A reaction repeated by a later incarnation
-- gets a new created_at. The erasure of the earlier incarnation then keeps it.
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
