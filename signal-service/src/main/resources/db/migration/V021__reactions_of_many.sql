-- Migration: V021__reactions_of_many.sql
-- Description: Reactions of many people in one transaction, each for its own author
-- Author: TradoSphere
-- Date: 2026-11-29

ALTER POLICY "A change announces itself" ON outbox WITH CHECK (cardinality((SELECT auth.callers())) > 0);

ALTER POLICY "Users can manage own engagement" ON signal_engagement
  USING (user_id = ANY ((SELECT auth.callers())::uuid[])) WITH CHECK (user_id = ANY ((SELECT auth.callers())::uuid[]));

-- Whether that person has blocked one of those for whom the transaction acts. The owner's function, since nobody may list by whom
-- they are blocked: who answers to somebody who has blocked them finds out, and nothing else.
CREATE FUNCTION has_blocked(person uuid, caller uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN caller = ANY (auth.callers())
    AND EXISTS (SELECT FROM blocks WHERE blocker_id = person AND blocked_id = caller AND is_blocking);
END $$;
REVOKE EXECUTE ON FUNCTION has_blocked(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION has_blocked(uuid, uuid) TO ${slice}_app;
DROP FUNCTION is_blocked_by(uuid);
