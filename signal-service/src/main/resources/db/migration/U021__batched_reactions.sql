CREATE FUNCTION is_blocked_by(person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM blocks WHERE blocker_id = person AND blocked_id = auth.uid() AND is_blocking);
END $$;
REVOKE EXECUTE ON FUNCTION is_blocked_by(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_blocked_by(uuid) TO ${slice}_app;
DROP FUNCTION has_blocked(uuid, uuid);
ALTER POLICY "A change announces itself" ON outbox WITH CHECK ((SELECT auth.uid()) IS NOT NULL);
