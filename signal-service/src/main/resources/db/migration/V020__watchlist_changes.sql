-- Migration: V020__watchlist_changes.sql
-- Description: Changes of a watchlist are serialised, each increments its version, and members join by invitation only
-- Author: TradoSphere
-- Date: 2026-11-24

-- Locks the list until the transaction ends, and returns the caller's role; NULL for a caller who is no member, without a
-- lock. Every change of a list, its assets or its members starts here. SECURITY DEFINER, since a policy lets only the owner
-- lock the list. Erasure locks the same row before it passes a list on.
CREATE FUNCTION lock_watchlist(list uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM watchlists WHERE id = list
    AND EXISTS (SELECT FROM watchlist_members WHERE watchlist_id = list AND user_id = auth.uid()) FOR NO KEY UPDATE;
  RETURN (SELECT role FROM watchlist_members WHERE watchlist_id = list AND user_id = auth.uid());
END $$;
REVOKE EXECUTE ON FUNCTION lock_watchlist(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_watchlist(uuid) TO ${slice}_app;

-- Increments the version of a list of which the caller is a member, for a change of its assets or members. It changes nothing
-- else, so editors need no grants of the owner.
CREATE FUNCTION bump_watchlist_version(list uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  UPDATE watchlists SET name = name WHERE id = list
    AND EXISTS (SELECT FROM watchlist_members WHERE watchlist_id = list AND user_id = auth.uid());
$$;
REVOKE EXECUTE ON FUNCTION bump_watchlist_version(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bump_watchlist_version(uuid) TO ${slice}_app;

-- An invitation to a list, or with the role owner an offer of its ownership. The inviter is the list's owner at all times: a
-- change of the owner ends the list's invitations.
CREATE TABLE watchlist_invitations (
  -- An invitation that is renewed keeps it, one with another role gets a new one.
  id UUID NOT NULL DEFAULT uuidv7(),
  watchlist_id UUID NOT NULL REFERENCES watchlists (id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  expires_at TIMESTAMPTZ NOT NULL DEFAULT now() + INTERVAL '30 days',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (watchlist_id, user_id)
);
CALL auth.guard('watchlist_invitations');
CREATE INDEX idx_watchlist_invitations_user ON watchlist_invitations (user_id, watchlist_id DESC);
CREATE INDEX idx_watchlist_invitations_expiry ON watchlist_invitations (expires_at);
CREATE TRIGGER update_watchlist_invitations_updated_at BEFORE UPDATE ON watchlist_invitations
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, DELETE ON watchlist_invitations TO ${slice}_app;
CREATE POLICY "Invitee and owner can view invitations" ON watchlist_invitations FOR SELECT TO ${slice}_app
  USING (user_id = (SELECT auth.uid()) OR watchlist_id = ANY (ARRAY(SELECT watchlists_as('owner'))));
CREATE POLICY "Invitee can decline, owner can withdraw" ON watchlist_invitations FOR DELETE TO ${slice}_app
  USING (user_id = (SELECT auth.uid()) OR watchlist_id = ANY (ARRAY(SELECT watchlists_as('owner'))));

CREATE FUNCTION stamp_watchlist_invitation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  SELECT incarnation INTO NEW.incarnation FROM profiles WHERE id = NEW.user_id;
  RETURN NEW;
END $$;
CREATE TRIGGER stamp_watchlist_invitation BEFORE INSERT ON watchlist_invitations
  FOR EACH ROW EXECUTE FUNCTION stamp_watchlist_invitation();

-- Publishes that an invitation was made or has ended, whichever statement did it: also a block, an erasure, or the list's end.
CREATE FUNCTION publish_watchlist_invitation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  instants CONSTANT text := 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';
  cause text := nullif(current_setting('tradosphere.traceparent', true), '');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO outbox (topic, key, subject, traceparent, type, payload)
    SELECT 'tradosphere.signal.watchlist-invitations', concat(NEW.watchlist_id, ':', NEW.user_id),
      concat(NEW.watchlist_id, ':', NEW.user_id), cause, 'io.tradosphere.watchlist.invited.v1',
      json_build_object('invitationId', NEW.id, 'watchlistId', NEW.watchlist_id, 'profileId', NEW.user_id,
        'incarnation', NEW.incarnation, 'inviterId', p.id, 'inviterIncarnation', p.incarnation, 'role', NEW.role,
        'invitedAt', to_char(NEW.created_at AT TIME ZONE 'UTC', instants))::text
    FROM watchlist_members owner JOIN profiles p ON p.id = owner.user_id
    WHERE owner.watchlist_id = NEW.watchlist_id AND owner.role = 'owner';
  ELSE
    INSERT INTO outbox (topic, key, subject, traceparent, type, payload)
    VALUES ('tradosphere.signal.watchlist-invitations', concat(OLD.watchlist_id, ':', OLD.user_id),
      concat(OLD.watchlist_id, ':', OLD.user_id), cause, 'io.tradosphere.watchlist.invitation-ended.v1',
      json_build_object('invitationId', OLD.id, 'watchlistId', OLD.watchlist_id, 'profileId', OLD.user_id,
        'incarnation', OLD.incarnation, 'endedAt', to_char(now() AT TIME ZONE 'UTC', instants))::text);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER publish_watchlist_invitation AFTER INSERT OR DELETE ON watchlist_invitations
  FOR EACH ROW EXECUTE FUNCTION publish_watchlist_invitation();

-- Whether one of the two has blocked the other. Only functions of the owner may call it: nobody may list who has blocked them.
CREATE FUNCTION block_between(one uuid, other uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM blocks WHERE blocker_id = one AND blocked_id = other AND is_blocking)
    OR EXISTS (SELECT FROM blocks WHERE blocker_id = other AND blocked_id = one AND is_blocking);
END $$;
REVOKE EXECUTE ON FUNCTION block_between(uuid, uuid) FROM PUBLIC;

-- Invites a profile to a list of the caller's, for 30 days. The same invitation again is renewed, one with another role replaces
-- the one before. An invitee has at most most_open open invitations: the advisory lock makes concurrent invitations count each other.
CREATE FUNCTION invite_to_watchlist(list uuid, person uuid, offered text, most_open bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF lock_watchlist(list) IS DISTINCT FROM 'owner' OR person = auth.uid() THEN
    RETURN 'FORBIDDEN';
  END IF;
  PERFORM FROM profiles WHERE id = person FOR KEY SHARE;
  IF NOT FOUND THEN
    RETURN 'UNKNOWN';
  END IF;
  IF block_between(auth.uid(), person) THEN
    RETURN 'BLOCKED';
  END IF;
  PERFORM auth.lock('watchlist-invitations:' || person);
  IF (SELECT count(*) FROM watchlist_invitations
      WHERE user_id = person AND watchlist_id <> list AND expires_at > now()) >= most_open THEN
    RETURN 'LIMIT_REACHED';
  END IF;
  DELETE FROM watchlist_invitations i USING profiles p
  WHERE i.watchlist_id = list AND i.user_id = person AND p.id = person
    AND (i.role <> offered OR i.expires_at <= now() OR i.incarnation <> p.incarnation);
  INSERT INTO watchlist_invitations (watchlist_id, user_id, role) VALUES (list, person, offered)
  ON CONFLICT (watchlist_id, user_id) DO UPDATE SET expires_at = EXCLUDED.expires_at;
  RETURN 'INVITED';
END $$;
REVOKE EXECUTE ON FUNCTION invite_to_watchlist(uuid, uuid, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION invite_to_watchlist(uuid, uuid, text, bigint) TO ${slice}_app;

-- Serialises what increases the number of lists that the caller owns, and returns that number.
CREATE FUNCTION lock_owned_watchlists() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM auth.lock('owned-watchlists:' || auth.uid());
  RETURN (SELECT count(*) FROM watchlist_members WHERE user_id = auth.uid() AND role = 'owner');
END $$;
REVOKE EXECUTE ON FUNCTION lock_owned_watchlists() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_owned_watchlists() TO ${slice}_app;

-- Accepts the caller's invitation to a list. The profile is locked first, as a waiting erasure of the caller would otherwise
-- deadlock. A block made since the invitation ends it. An accepted owner role makes the former owner an editor.
CREATE FUNCTION accept_watchlist_invitation(list uuid, most_owned bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  caller uuid := auth.uid();
  offered text;
  former_owner uuid;
BEGIN
  PERFORM FROM profiles WHERE id = caller FOR KEY SHARE;
  PERFORM FROM watchlists WHERE id = list
    AND EXISTS (SELECT FROM watchlist_invitations WHERE watchlist_id = list AND user_id = caller) FOR NO KEY UPDATE;
  SELECT role INTO offered FROM watchlist_invitations
  WHERE watchlist_id = list AND user_id = caller AND expires_at > now();
  SELECT user_id INTO former_owner FROM watchlist_members WHERE watchlist_id = list AND role = 'owner';
  IF offered IS NULL OR block_between(former_owner, caller) THEN
    RETURN 'NOT_INVITED';
  END IF;
  IF offered = 'owner' THEN
    IF lock_owned_watchlists() >= most_owned THEN
      RETURN 'LIMIT_REACHED';
    END IF;
    DELETE FROM watchlist_invitations WHERE watchlist_id = list;
    INSERT INTO watchlist_members (watchlist_id, user_id, role) VALUES (list, caller, 'owner')
    ON CONFLICT (watchlist_id, user_id) DO UPDATE SET role = 'owner';
    UPDATE watchlist_members SET role = 'editor' WHERE watchlist_id = list AND user_id = former_owner;
  ELSE
    DELETE FROM watchlist_invitations WHERE watchlist_id = list AND user_id = caller;
    INSERT INTO watchlist_members (watchlist_id, user_id, role) VALUES (list, caller, offered)
    ON CONFLICT (watchlist_id, user_id) DO NOTHING;
  END IF;
  UPDATE watchlists SET name = name WHERE id = list;
  RETURN 'ACCEPTED';
END $$;
REVOKE EXECUTE ON FUNCTION accept_watchlist_invitation(uuid, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accept_watchlist_invitation(uuid, bigint) TO ${slice}_app;

-- The caller's open invitations, with the name of the list, which a policy shows only to members.
CREATE FUNCTION own_watchlist_invitations(before uuid, most_rows bigint) RETURNS TABLE (
  watchlist_id uuid, name text, role text, owner_id uuid, invited_at timestamptz, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT i.watchlist_id, w.name, i.role, o.user_id, i.created_at, i.expires_at
  FROM watchlist_invitations i JOIN watchlists w ON w.id = i.watchlist_id
  JOIN watchlist_members o ON o.watchlist_id = i.watchlist_id AND o.role = 'owner'
  WHERE i.user_id = auth.uid() AND i.expires_at > now() AND NOT block_between(o.user_id, i.user_id)
    AND i.watchlist_id < before
  ORDER BY i.watchlist_id DESC LIMIT most_rows
$$;
REVOKE EXECUTE ON FUNCTION own_watchlist_invitations(uuid, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_watchlist_invitations(uuid, bigint) TO ${slice}_app;

-- A block ends the invitations between the two.
CREATE FUNCTION end_watchlist_invitations_of_blocked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM watchlist_invitations i USING watchlist_members o
  WHERE o.watchlist_id = i.watchlist_id AND o.role = 'owner'
    AND ((i.user_id = NEW.blocker_id AND o.user_id = NEW.blocked_id)
      OR (i.user_id = NEW.blocked_id AND o.user_id = NEW.blocker_id));
  RETURN NULL;
END $$;
CREATE TRIGGER end_watchlist_invitations_of_blocked AFTER INSERT OR UPDATE ON blocks
  FOR EACH ROW WHEN (NEW.is_blocking) EXECUTE FUNCTION end_watchlist_invitations_of_blocked();
