-- Migration: V001__blocks.sql
-- Description: Replicas of blocks and follows, mailboxes, and who may write to whom
-- Author: TradoSphere
-- Date: 2026-11-22

-- Replicas of compacted social topics. A row outlives its block or follow to keep the sequence: an older late event then
-- changes nothing. There are no foreign keys, since an event may arrive before either profile.
CREATE TABLE blocks (
  blocker_id UUID NOT NULL,
  blocked_id UUID NOT NULL,
  blocker_incarnation BIGINT NOT NULL,
  blocked_incarnation BIGINT NOT NULL,
  is_blocking BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (blocker_id, blocked_id),
  CHECK (blocker_id <> blocked_id)
);
CALL auth.guard('blocks');
CREATE INDEX idx_blocks_blocked ON blocks (blocked_id);
CREATE TRIGGER update_blocks_updated_at BEFORE UPDATE ON blocks
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON blocks TO ${slice}_app;
CREATE POLICY "Users can view own blocks" ON blocks FOR SELECT TO ${slice}_app
  USING (is_blocking AND blocker_id = (SELECT auth.uid()));

CREATE TABLE follows (
  follower_id UUID NOT NULL,
  following_id UUID NOT NULL,
  follower_incarnation BIGINT NOT NULL,
  following_incarnation BIGINT NOT NULL,
  is_following BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (follower_id, following_id),
  CHECK (follower_id <> following_id)
);
CALL auth.guard('follows');
CREATE INDEX idx_follows_following ON follows (following_id, follower_id) WHERE is_following;
-- Used by erasure, which also deletes ended follows.
CREATE INDEX idx_follows_unfollowed ON follows (following_id, follower_id) WHERE NOT is_following;
CREATE TRIGGER update_follows_updated_at BEFORE UPDATE ON follows
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- One sequence numbers the changes of all mailboxes. Nobody's number therefore begins again after an erasure. It begins at the
-- microseconds since 1970, so that it doesn't begin again after the loss of a database either: clients know the earlier numbers.
CREATE SEQUENCE change_sequence;
SELECT setval('change_sequence', (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
GRANT USAGE ON SEQUENCE change_sequence TO ${slice}_worker;

-- What belongs to one person: the number of their last change, and their settings. A change takes its number while this row is
-- locked, so a person's numbers are committed in order. A message, a receipt and a notification keep the number of their last change.
-- Whoever locks several rows does so in the order of user_id. No foreign key, since an event may arrive before the profile.
CREATE TABLE mailboxes (
  user_id UUID PRIMARY KEY,
  last_change BIGINT NOT NULL DEFAULT 0,
  who_may_write TEXT NOT NULL DEFAULT 'everyone' CHECK (who_may_write IN ('everyone', 'followed', 'nobody')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
) WITH (fillfactor = 70);
CALL auth.guard('mailboxes');
CREATE TRIGGER update_mailboxes_updated_at BEFORE UPDATE ON mailboxes
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON mailboxes TO ${slice}_app;
GRANT INSERT (user_id, who_may_write), UPDATE (who_may_write) ON mailboxes TO ${slice}_app;
CREATE POLICY "Users can manage own mailbox" ON mailboxes FOR ALL TO ${slice}_app
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

-- Locks the mailboxes of these people in the order of their ids, and creates missing ones.
CREATE FUNCTION lock_mailboxes(people uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  locked bigint;
BEGIN
  PERFORM FROM mailboxes WHERE user_id = ANY (people) ORDER BY user_id FOR NO KEY UPDATE;
  GET DIAGNOSTICS locked = ROW_COUNT;
  IF locked < (SELECT count(DISTINCT person) FROM unnest(people) AS person) THEN
    INSERT INTO mailboxes (user_id) SELECT DISTINCT person FROM unnest(people) AS person WHERE person IS NOT NULL ORDER BY person
      ON CONFLICT DO NOTHING;
    PERFORM FROM mailboxes WHERE user_id = ANY (people) ORDER BY user_id FOR NO KEY UPDATE;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION lock_mailboxes(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_mailboxes(uuid[]) TO ${slice}_worker;

-- Takes the next number of a person whose mailbox is locked.
CREATE FUNCTION next_change(person uuid) RETURNS bigint
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  taken bigint;
BEGIN
  UPDATE mailboxes SET last_change = nextval('change_sequence') WHERE user_id = person RETURNING last_change INTO STRICT taken;
  RETURN taken;
END $$;
REVOKE EXECUTE ON FUNCTION next_change(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_change(uuid) TO ${slice}_worker;

-- Why the caller may not write to that person; NULL if they may. It reads past the policies, for one person per call, so a caller
-- cannot list who blocks them.
CREATE FUNCTION writing_refusal(person uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = person AND blocked_id = auth.uid() AND is_blocking) THEN 'BLOCKED'
    WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = auth.uid() AND blocked_id = person AND is_blocking) THEN 'BLOCKING'
    WHEN (SELECT who_may_write = 'nobody' OR who_may_write = 'followed' AND NOT EXISTS (
        SELECT FROM follows WHERE follower_id = person AND following_id = auth.uid() AND is_following)
      FROM mailboxes WHERE user_id = person) THEN 'NOT_ACCEPTED'
  END
$$;
REVOKE EXECUTE ON FUNCTION writing_refusal(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION writing_refusal(uuid) TO ${slice}_app;
