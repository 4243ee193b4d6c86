-- Migration: V021__batched_reactions.sql
-- Description: Reactions of several callers in one transaction, each in its own name
-- Author: TradoSphere
-- Date: 2026-11-29

ALTER POLICY "A change announces itself" ON outbox WITH CHECK (cardinality((SELECT auth.callers())) > 0);

-- Whether that person has blocked the given caller of the transaction. SECURITY DEFINER, since nobody may list who has blocked
-- them: a blocked caller learns of the block only by reacting or commenting.
CREATE FUNCTION has_blocked(person uuid, caller uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN caller = ANY (auth.callers())
    AND EXISTS (SELECT FROM blocks WHERE blocker_id = person AND blocked_id = caller AND is_blocking);
END $$;
REVOKE EXECUTE ON FUNCTION has_blocked(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION has_blocked(uuid, uuid) TO ${slice}_app;
DROP FUNCTION is_blocked_by(uuid);
