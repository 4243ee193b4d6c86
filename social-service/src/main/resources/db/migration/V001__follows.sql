-- Migration: V001__follows.sql
-- Description: Who follows whom, and who has blocked whom
-- Author: TradoSphere
-- Date: 2026-11-22

-- An instant as events carry it, whatever the session's time zone.
CREATE FUNCTION rfc3339(moment timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- Follows and blocks between the same two people take turns: neither sees the other's row before it is committed.
CREATE FUNCTION lock_pair(one uuid, other uuid) RETURNS void
LANGUAGE sql VOLATILE
AS $$
  SELECT pg_advisory_xact_lock(hashtextextended(concat('pair:', least(one, other), greatest(one, other)), 0));
$$;

-- The copy's row is referred to, so that nobody who is being erased can be followed at that moment. Nothing cascades: a follow
-- that ends is announced, and only code can do that.
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

-- The incarnations are those of the copy, whatever a statement says; a follow renewed in a new life is a new one. Where a block
-- stands there is no follow. The owner's function, so that it sees the block that a policy hides; of people other than the
-- caller it tells nothing, their follows being refused by policy anyway. Who was there when the statement began may be gone now:
-- that is what the reference would say a moment later.
CREATE FUNCTION stamp_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog AS $$
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog AS $$
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

-- UPDATE is for renewing a follow in a new life; what it writes is what the trigger says.
GRANT SELECT, DELETE ON follows TO ${slice}_app;
GRANT INSERT (follower_id, following_id) ON follows TO ${slice}_app;
GRANT UPDATE (follower_incarnation, following_incarnation) ON follows TO ${slice}_app;
CREATE POLICY "Follows viewable by all" ON follows FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Users can follow" ON follows FOR INSERT TO ${slice}_app
  WITH CHECK (follower_id = (SELECT auth.uid()));
CREATE POLICY "Users can renew own follows" ON follows FOR UPDATE TO ${slice}_app
  USING (follower_id = (SELECT auth.uid())) WITH CHECK (follower_id = (SELECT auth.uid()));
-- The followed may end it too: that is what a block does.
CREATE POLICY "Either side can end a follow" ON follows FOR DELETE TO ${slice}_app
  USING (follower_id = (SELECT auth.uid()) OR following_id = (SELECT auth.uid()));

GRANT SELECT, DELETE ON blocks TO ${slice}_app;
GRANT INSERT (blocker_id, blocked_id) ON blocks TO ${slice}_app;
GRANT UPDATE (blocker_incarnation, blocked_incarnation) ON blocks TO ${slice}_app;
-- Whom it concerns: the blocked person's follows must find it, though no call lists it to them.
CREATE POLICY "Blocks are between two" ON blocks FOR SELECT TO ${slice}_app
  USING (blocker_id = (SELECT auth.uid()) OR blocked_id = (SELECT auth.uid()));
CREATE POLICY "Users can block" ON blocks FOR INSERT TO ${slice}_app
  WITH CHECK (blocker_id = (SELECT auth.uid()));
CREATE POLICY "Users can renew own blocks" ON blocks FOR UPDATE TO ${slice}_app
  USING (blocker_id = (SELECT auth.uid())) WITH CHECK (blocker_id = (SELECT auth.uid()));
CREATE POLICY "Users can unblock" ON blocks FOR DELETE TO ${slice}_app
  USING (blocker_id = (SELECT auth.uid()));
