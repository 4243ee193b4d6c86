-- Migration: V012__audiences.sql
-- Description: Who may read signals that are for subscribers, and what belongs to them
-- Author: TradoSphere
-- Date: 2026-11-30

-- Replica from the compacted topic of billing-service. Access is access_until in the future, by the clock, whatever the
-- subscription's status is. No foreign keys: a subscription may arrive before either profile.
CREATE TABLE subscriptions (
  subscriber_id UUID NOT NULL,
  creator_id UUID NOT NULL,
  is_active BOOLEAN NOT NULL,
  access_until TIMESTAMPTZ NOT NULL,
  subscriber_incarnation BIGINT NOT NULL,
  creator_incarnation BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (subscriber_id, creator_id),
  CHECK (subscriber_id <> creator_id)
);
CALL auth.guard('subscriptions');
CREATE INDEX idx_subscriptions_creator ON subscriptions (creator_id, subscriber_id);
CREATE TRIGGER update_subscriptions_updated_at BEFORE UPDATE ON subscriptions
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON subscriptions TO ${slice}_app;
CREATE POLICY "Subscribers can view own subscriptions" ON subscriptions FOR SELECT TO ${slice}_app
  USING (subscriber_id = ANY ((SELECT auth.callers())::uuid[]));

-- Whether this caller of the transaction may read a creator's signals that are not public: the creator, and who has access and is
-- in no block with the creator. SECURITY DEFINER, since nobody may list who has blocked them. clock_timestamp(): now() stands
-- still in a transaction that is kept open.
CREATE FUNCTION may_read(creator uuid, reader uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10 SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN reader = ANY (auth.callers()) AND (reader = creator OR (
    EXISTS (SELECT FROM subscriptions
            WHERE subscriber_id = reader AND creator_id = creator AND access_until > clock_timestamp())
    AND NOT EXISTS (SELECT FROM blocks WHERE blocker_id = creator AND blocked_id = reader AND is_blocking)
    AND NOT EXISTS (SELECT FROM blocks WHERE blocker_id = reader AND blocked_id = creator AND is_blocking)));
END $$;
REVOKE EXECUTE ON FUNCTION may_read(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_read(uuid, uuid) TO ${slice}_app;

-- Whether any caller of the transaction may. A statement of a batch must also check each request by may_read().
CREATE FUNCTION callers_may_read(creator uuid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10 SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  callers uuid[] := auth.callers();
BEGIN
  RETURN creator = ANY (callers) OR EXISTS (
    SELECT FROM subscriptions s
    WHERE s.creator_id = creator AND s.subscriber_id = ANY (callers) AND s.access_until > clock_timestamp()
      AND NOT EXISTS (SELECT FROM blocks WHERE blocker_id = creator AND blocked_id = s.subscriber_id AND is_blocking)
      AND NOT EXISTS (SELECT FROM blocks WHERE blocker_id = s.subscriber_id AND blocked_id = creator AND is_blocking));
END $$;
REVOKE EXECUTE ON FUNCTION callers_may_read(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION callers_may_read(uuid) TO ${slice}_app;

CREATE POLICY "Signals viewable by their audience" ON signals FOR SELECT TO ${slice}_app
  USING (is_public OR callers_may_read(creator_id));

-- What belongs to a signal is for whoever may read the signal: the subquery is under the policy above. Writing needs that too,
-- since the foreign key would tell that the signal exists.
CREATE POLICY "Readers can view engagement" ON signal_engagement FOR SELECT TO ${slice}_app
  USING ((SELECT true FROM signals s WHERE s.id = signal_id));
CREATE POLICY "Readers can react" ON signal_engagement FOR INSERT TO ${slice}_app
  WITH CHECK (user_id = ANY ((SELECT auth.callers())::uuid[]) AND (SELECT true FROM signals s WHERE s.id = signal_id));
CREATE POLICY "Readers can change own engagement" ON signal_engagement FOR UPDATE TO ${slice}_app
  USING (user_id = ANY ((SELECT auth.callers())::uuid[])) WITH CHECK (user_id = ANY ((SELECT auth.callers())::uuid[]));
CREATE POLICY "Readers can remove own engagement" ON signal_engagement FOR DELETE TO ${slice}_app
  USING (user_id = ANY ((SELECT auth.callers())::uuid[]));
CREATE POLICY "Readers can view comments" ON signal_comments FOR SELECT TO ${slice}_app
  USING ((SELECT true FROM signals s WHERE s.id = signal_id));
CREATE POLICY "Readers can comment" ON signal_comments FOR INSERT TO ${slice}_app
  WITH CHECK (author_id = (SELECT auth.uid()) AND (SELECT true FROM signals s WHERE s.id = signal_id));
CREATE POLICY "Readers can view a signal's views" ON signal_views FOR SELECT TO ${slice}_app
  USING ((SELECT true FROM signals s WHERE s.id = signal_id));

-- The number of reactions to a signal by type; no row for one that the caller may not read. SECURITY DEFINER, so that the policy
-- is checked once and not for each of many thousand reactions.
CREATE FUNCTION reaction_totals(signal uuid) RETURNS TABLE (reaction_type text, total bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT by_type.reaction_type, by_type.total FROM signals s LEFT JOIN LATERAL (
      SELECT e.reaction_type, count(*) AS total FROM signal_engagement e WHERE e.signal_id = s.id GROUP BY e.reaction_type
    ) AS by_type ON true
    WHERE s.id = signal AND (s.is_public OR callers_may_read(s.creator_id));
END $$;
REVOKE EXECUTE ON FUNCTION reaction_totals(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reaction_totals(uuid) TO ${slice}_app;
