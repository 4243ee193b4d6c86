-- Migration: V003__follows_of_many.sql
-- Description: Follows of several callers in one transaction, each with its own identity
-- Author: TradoSphere
-- Date: 2026-11-29

ALTER POLICY "A change announces itself" ON outbox WITH CHECK (cardinality((SELECT auth.callers())) > 0);

ALTER POLICY "Users can follow" ON follows WITH CHECK (follower_id = ANY ((SELECT auth.callers())::uuid[]));
ALTER POLICY "Users can renew own follows" ON follows
  USING (follower_id = ANY ((SELECT auth.callers())::uuid[])) WITH CHECK (follower_id = ANY ((SELECT auth.callers())::uuid[]));
ALTER POLICY "Both profiles can view a block" ON blocks
  USING (blocker_id = ANY ((SELECT auth.callers())::uuid[]) OR blocked_id = ANY ((SELECT auth.callers())::uuid[]));

-- As before, but checks blocks for every caller on whose behalf the transaction acts.
CREATE OR REPLACE FUNCTION stamp_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM lock_pair(NEW.follower_id, NEW.following_id);
    IF NEW.follower_id = ANY (auth.callers()) AND EXISTS (
         SELECT FROM blocks
         WHERE (blocker_id, blocked_id) IN ((NEW.follower_id, NEW.following_id), (NEW.following_id, NEW.follower_id))) THEN
      RETURN NULL;
    END IF;
  END IF;
  SELECT follower.incarnation, followed.incarnation INTO NEW.follower_incarnation, NEW.following_incarnation
  FROM profiles follower, profiles followed
  WHERE follower.id = NEW.follower_id AND followed.id = NEW.following_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a follow is between two profiles' USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.follower_incarnation, NEW.following_incarnation)
       IS DISTINCT FROM (OLD.follower_incarnation, OLD.following_incarnation) THEN
    NEW.created_at := now();
  END IF;
  RETURN NEW;
END $$;
