-- Migration: V001__follows.sql
-- Description: Follows and blocks between profiles
-- Author: TradoSphere
-- Date: 2026-11-22

-- An instant in the format of event payloads, independent of the time zone of the session.
CREATE FUNCTION rfc3339(moment timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
GRANT EXECUTE ON FUNCTION rfc3339(timestamptz) TO ${slice}_app, ${slice}_worker;

-- Serializes follows and blocks between the same two profiles. Neither sees the row of the other before it is committed.
CREATE FUNCTION lock_pair(one uuid, other uuid) RETURNS void
LANGUAGE sql VOLATILE SET search_path = ${slice}, auth, pg_catalog, pg_temp
AS $$
  SELECT auth.lock(concat('pair:', least(one, other), greatest(one, other)));
$$;
GRANT EXECUTE ON FUNCTION lock_pair(uuid, uuid) TO ${slice}_worker;

-- The foreign keys refer to the profile replica, so a profile that is being erased cannot be followed. Nothing cascades,
-- because the end of a follow must be published as an event.
CREATE TABLE follows (
  follower_id UUID NOT NULL REFERENCES profiles (id),
  following_id UUID NOT NULL REFERENCES profiles (id),
  follower_incarnation BIGINT NOT NULL,
  following_incarnation BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (follower_id, following_id),
  CONSTRAINT follows_nobody_follows_themselves CHECK (follower_id <> following_id)
);
CALL auth.guard('follows');
CREATE INDEX idx_follows_follower_newest ON follows (follower_id, created_at DESC, following_id DESC);
CREATE INDEX idx_follows_following_newest ON follows (following_id, created_at DESC, follower_id DESC);
CREATE TRIGGER update_follows_updated_at BEFORE UPDATE ON follows
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

CREATE TABLE blocks (
  blocker_id UUID NOT NULL REFERENCES profiles (id),
  blocked_id UUID NOT NULL REFERENCES profiles (id),
  blocker_incarnation BIGINT NOT NULL,
  blocked_incarnation BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (blocker_id, blocked_id),
  CONSTRAINT blocks_nobody_blocks_themselves CHECK (blocker_id <> blocked_id)
);
CALL auth.guard('blocks');
CREATE INDEX idx_blocks_blocker_newest ON blocks (blocker_id, created_at DESC, blocked_id DESC);
CREATE INDEX idx_blocks_blocked ON blocks (blocked_id);
CREATE TRIGGER update_blocks_updated_at BEFORE UPDATE ON blocks
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Sets the incarnations from the profile replica, whatever the statement says. A follow renewed in a new incarnation gets a
-- new created_at. A follow against a block is not inserted. The function runs as the owner, so that it sees blocks that a
-- policy hides. It checks blocks only for the caller, so it discloses nothing about others. A profile may have been erased
-- since the statement began; then it raises what the foreign key would.
CREATE FUNCTION stamp_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM lock_pair(NEW.follower_id, NEW.following_id);
    IF NEW.follower_id = auth.uid() AND EXISTS (
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
CREATE TRIGGER stamp_follow BEFORE INSERT OR UPDATE ON follows
  FOR EACH ROW EXECUTE FUNCTION stamp_follow();

CREATE FUNCTION stamp_block() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM lock_pair(NEW.blocker_id, NEW.blocked_id);
  END IF;
  SELECT blocker.incarnation, blocked.incarnation INTO NEW.blocker_incarnation, NEW.blocked_incarnation
  FROM profiles blocker, profiles blocked
  WHERE blocker.id = NEW.blocker_id AND blocked.id = NEW.blocked_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a block is between two profiles' USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.blocker_incarnation, NEW.blocked_incarnation)
       IS DISTINCT FROM (OLD.blocker_incarnation, OLD.blocked_incarnation) THEN
    NEW.created_at := now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamp_block BEFORE INSERT OR UPDATE ON blocks
  FOR EACH ROW EXECUTE FUNCTION stamp_block();

-- UPDATE is for renewing a follow in a new incarnation; the trigger sets the values.
GRANT SELECT, DELETE ON follows TO ${slice}_app;
GRANT INSERT (follower_id, following_id) ON follows TO ${slice}_app;
GRANT UPDATE (follower_incarnation, following_incarnation) ON follows TO ${slice}_app;
CREATE POLICY "Follows viewable by all" ON follows FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Users can follow" ON follows FOR INSERT TO ${slice}_app
  WITH CHECK (follower_id = (SELECT auth.uid()));
CREATE POLICY "Users can renew own follows" ON follows FOR UPDATE TO ${slice}_app
  USING (follower_id = (SELECT auth.uid())) WITH CHECK (follower_id = (SELECT auth.uid()));
-- The followed profile may end it too, as a block does.
CREATE POLICY "Either side can end a follow" ON follows FOR DELETE TO ${slice}_app
  USING (follower_id = (SELECT auth.uid()) OR following_id = (SELECT auth.uid()));

GRANT SELECT, DELETE ON blocks TO ${slice}_app;
GRANT INSERT (blocker_id, blocked_id) ON blocks TO ${slice}_app;
GRANT UPDATE (blocker_incarnation, blocked_incarnation) ON blocks TO ${slice}_app;
-- The follow of a blocked profile must find the block, although no endpoint lists it to that profile.
CREATE POLICY "Both profiles can view a block" ON blocks FOR SELECT TO ${slice}_app
  USING (blocker_id = (SELECT auth.uid()) OR blocked_id = (SELECT auth.uid()));
CREATE POLICY "Users can block" ON blocks FOR INSERT TO ${slice}_app
  WITH CHECK (blocker_id = (SELECT auth.uid()));
CREATE POLICY "Users can renew own blocks" ON blocks FOR UPDATE TO ${slice}_app
  USING (blocker_id = (SELECT auth.uid())) WITH CHECK (blocker_id = (SELECT auth.uid()));
CREATE POLICY "Users can unblock" ON blocks FOR DELETE TO ${slice}_app
  USING (blocker_id = (SELECT auth.uid()));
