-- Migration: V002__clans.sql
-- Description: Clans and their members
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE clans (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  owner_id UUID NOT NULL REFERENCES profiles (id),
  name TEXT NOT NULL,
  -- The key for uniqueness and search of names, independent of the locale of the database
  folded_name TEXT COLLATE pg_unicode_fast NOT NULL GENERATED ALWAYS AS (casefold(name COLLATE pg_unicode_fast)) STORED,
  -- Names that look alike have the same skeleton, see NameSkeleton.
  name_skeleton TEXT NOT NULL,
  badge_url TEXT,
  member_count BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL,
  -- Like version, but does not change with the members, so that a join makes no edit of the clan stale
  edition BIGINT NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT clans_name_key UNIQUE (folded_name),
  CONSTRAINT clans_name_skeleton_key UNIQUE (name_skeleton),
  CONSTRAINT clans_name_is_bounded CHECK (length(name) BETWEEN 3 AND 50),
  CONSTRAINT clans_badge_url_is_bounded CHECK (length(badge_url) <= 2048),
  CONSTRAINT clans_member_count_is_never_negative CHECK (member_count >= 0)
);
CALL auth.guard('clans');
CREATE INDEX idx_clans_newest ON clans (created_at DESC, id DESC);
CREATE INDEX idx_clans_owner ON clans (owner_id);
CREATE TRIGGER update_clans_updated_at BEFORE UPDATE ON clans
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER bump_clans_version BEFORE INSERT OR UPDATE ON clans
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

CREATE FUNCTION bump_clan_edition() RETURNS trigger
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  NEW.edition := OLD.edition + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER bump_clans_edition BEFORE UPDATE OF owner_id, name, badge_url ON clans
  FOR EACH ROW EXECUTE FUNCTION bump_clan_edition();

CREATE TABLE clan_members (
  clan_id UUID NOT NULL REFERENCES clans (id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('owner', 'admin', 'member')),
  joined_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (clan_id, user_id)
);
CALL auth.guard('clan_members');
CREATE UNIQUE INDEX clan_members_one_owner ON clan_members (clan_id) WHERE role = 'owner';
CREATE INDEX idx_clan_members_user ON clan_members (user_id);
CREATE INDEX idx_clan_members_joined ON clan_members (clan_id, joined_at, user_id);
CREATE TRIGGER update_clan_members_updated_at BEFORE UPDATE ON clan_members
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

CREATE FUNCTION stamp_clan_member() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  SELECT incarnation INTO NEW.incarnation FROM profiles WHERE id = NEW.user_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a member has a profile' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamp_clan_member BEFORE INSERT ON clan_members
  FOR EACH ROW EXECUTE FUNCTION stamp_clan_member();

-- Maintains member_count. It runs as the owner, so that no client role needs UPDATE on it.
CREATE FUNCTION count_clan_members() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  UPDATE clans SET member_count = member_count + CASE TG_OP WHEN 'INSERT' THEN delta.members ELSE - delta.members END
  FROM (SELECT clan_id, count(*) AS members FROM changed GROUP BY clan_id) AS delta
  WHERE clans.id = delta.clan_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_joined AFTER INSERT ON clan_members REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_clan_members();
CREATE TRIGGER count_left AFTER DELETE ON clan_members REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_clan_members();

-- Makes the creator of a clan its owner, in the same statement.
CREATE FUNCTION add_founder_as_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO clan_members (clan_id, user_id, role) VALUES (NEW.id, NEW.owner_id, 'owner');
  RETURN NULL;
END $$;
CREATE TRIGGER add_founder_as_owner AFTER INSERT ON clans
  FOR EACH ROW EXECUTE FUNCTION add_founder_as_owner();

-- The caller's role in a clan. It runs as the owner, so that the policies of clan_members can use it without recursion.
CREATE FUNCTION own_role(clan uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp
AS $$
  SELECT role FROM clan_members WHERE clan_id = clan AND user_id = auth.uid();
$$;
REVOKE ALL ON FUNCTION own_role(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_role(uuid) TO ${slice}_app;

GRANT SELECT, DELETE ON clans TO ${slice}_app;
GRANT INSERT (owner_id, name, name_skeleton, badge_url) ON clans TO ${slice}_app;
GRANT UPDATE (name, name_skeleton, badge_url) ON clans TO ${slice}_app;
CREATE POLICY "Clans viewable by all" ON clans FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Elite+ can create clans" ON clans FOR INSERT TO ${slice}_app
  WITH CHECK (owner_id = (SELECT auth.uid())
    AND auth.tier_is_at_least((SELECT tier FROM profiles WHERE id = (SELECT auth.uid())), 'elite'));
CREATE POLICY "Owners can edit clans" ON clans FOR UPDATE TO ${slice}_app
  USING (owner_id = (SELECT auth.uid())) WITH CHECK (owner_id = (SELECT auth.uid()));
CREATE POLICY "Owners can delete clans" ON clans FOR DELETE TO ${slice}_app
  USING (owner_id = (SELECT auth.uid()));

GRANT SELECT, DELETE ON clan_members TO ${slice}_app;
GRANT UPDATE (role) ON clan_members TO ${slice}_app;
CREATE POLICY "Members viewable by all" ON clan_members FOR SELECT TO ${slice}_app USING (true);
-- Nobody inserts a member, see join_clan. All roles but owner, see accept_clan_ownership.
CREATE POLICY "Owners can set roles" ON clan_members FOR UPDATE TO ${slice}_app
  USING (role <> 'owner' AND own_role(clan_id) = 'owner') WITH CHECK (role <> 'owner');
CREATE POLICY "Members can leave or be removed" ON clan_members FOR DELETE TO ${slice}_app
  USING (role <> 'owner' AND (user_id = (SELECT auth.uid())
    OR own_role(clan_id) = 'owner' OR (own_role(clan_id) = 'admin' AND role = 'member')));

-- Locks a clan until the transaction ends and returns it. Every change of a clan or its members starts with this, so that such
-- changes are serialized and cannot deadlock. It runs as the owner, since a policy would let only the owner of a clan lock it.
CREATE FUNCTION lock_clan(clan uuid) RETURNS SETOF clans
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp
AS $$
  SELECT * FROM clans WHERE id = clan AND auth.uid() IS NOT NULL FOR NO KEY UPDATE;
$$;
REVOKE ALL ON FUNCTION lock_clan(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_clan(uuid) TO ${slice}_app;

-- An invitation to a clan or, for a member, an offer of its ownership (role owner). The inviter is the clan's owner at all times:
-- a change of the owner ends the clan's invitations.
CREATE TABLE clan_invitations (
  -- An invitation that is renewed keeps it, one with another role gets a new one.
  id UUID NOT NULL DEFAULT uuidv7(),
  clan_id UUID NOT NULL REFERENCES clans (id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
  expires_at TIMESTAMPTZ NOT NULL DEFAULT now() + INTERVAL '30 days',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (clan_id, user_id)
);
CALL auth.guard('clan_invitations');
CREATE INDEX idx_clan_invitations_user ON clan_invitations (user_id, clan_id DESC);
CREATE INDEX idx_clan_invitations_expiry ON clan_invitations (expires_at);
CREATE TRIGGER update_clan_invitations_updated_at BEFORE UPDATE ON clan_invitations
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER stamp_clan_invitation BEFORE INSERT ON clan_invitations
  FOR EACH ROW EXECUTE FUNCTION stamp_clan_member();

-- Publishes that an invitation was made or has ended, whichever statement did it: also a block, an erasure, or the clan's end.
CREATE FUNCTION publish_clan_invitation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  cause text := nullif(current_setting('tradosphere.traceparent', true), '');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO outbox (topic, key, subject, traceparent, type, payload)
    SELECT 'tradosphere.social.clan-invitations', concat(NEW.clan_id, ':', NEW.user_id), concat(NEW.clan_id, ':', NEW.user_id),
      cause, 'io.tradosphere.social.clan-invited.v1',
      json_build_object('invitationId', NEW.id, 'clanId', NEW.clan_id, 'profileId', NEW.user_id, 'incarnation', NEW.incarnation,
        'inviterId', owner.user_id, 'inviterIncarnation', owner.incarnation, 'role', NEW.role,
        'invitedAt', rfc3339(NEW.created_at))::text
    FROM clan_members owner WHERE owner.clan_id = NEW.clan_id AND owner.role = 'owner';
  ELSE
    INSERT INTO outbox (topic, key, subject, traceparent, type, payload)
    VALUES ('tradosphere.social.clan-invitations', concat(OLD.clan_id, ':', OLD.user_id), concat(OLD.clan_id, ':', OLD.user_id),
      cause, 'io.tradosphere.social.clan-invitation-ended.v1',
      json_build_object('invitationId', OLD.id, 'clanId', OLD.clan_id, 'profileId', OLD.user_id, 'incarnation', OLD.incarnation,
        'endedAt', rfc3339(now()))::text);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER publish_clan_invitation AFTER INSERT OR DELETE ON clan_invitations
  FOR EACH ROW EXECUTE FUNCTION publish_clan_invitation();

GRANT SELECT, DELETE ON clan_invitations TO ${slice}_app;
CREATE POLICY "Invitee and owner can view invitations" ON clan_invitations FOR SELECT TO ${slice}_app
  USING (user_id = (SELECT auth.uid()) OR own_role(clan_id) = 'owner');
CREATE POLICY "Invitee can decline, owner can withdraw" ON clan_invitations FOR DELETE TO ${slice}_app
  USING (user_id = (SELECT auth.uid()) OR own_role(clan_id) = 'owner');

-- Profiles that were removed from a clan by another member. They join again only when invited.
CREATE TABLE clan_removals (
  clan_id UUID NOT NULL REFERENCES clans (id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (clan_id, user_id)
);
CALL auth.guard('clan_removals');
CREATE INDEX idx_clan_removals_user ON clan_removals (user_id);
CREATE TRIGGER update_clan_removals_updated_at BEFORE UPDATE ON clan_removals
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Records the removal, whichever statement it was. A member who leaves, and an erased one, is not removed.
CREATE FUNCTION record_clan_removal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO clan_removals (clan_id, user_id, incarnation)
  SELECT OLD.clan_id, OLD.user_id, OLD.incarnation FROM clans WHERE id = OLD.clan_id
  ON CONFLICT (clan_id, user_id) DO UPDATE SET incarnation = EXCLUDED.incarnation;
  RETURN NULL;
END $$;
CREATE TRIGGER record_clan_removal AFTER DELETE ON clan_members
  FOR EACH ROW WHEN (auth.uid() <> OLD.user_id) EXECUTE FUNCTION record_clan_removal();

-- Whether one of the two has blocked the other. Waits for a concurrent block between them.
CREATE FUNCTION block_between(one uuid, other uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM lock_pair(one, other);
  RETURN EXISTS (SELECT FROM blocks WHERE (blocker_id, blocked_id) IN ((one, other), (other, one)));
END $$;
REVOKE ALL ON FUNCTION block_between(uuid, uuid) FROM PUBLIC;

-- Makes the caller a member of a locked clan, and ends their invitation and removal. With only_invited, only by an invitation,
-- and in its role. The profile is locked before the invitation, as a waiting erasure of the caller would otherwise deadlock.
CREATE FUNCTION join_clan(clan uuid, only_invited boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  caller uuid := auth.uid();
  invited_role text;
BEGIN
  PERFORM lock_clan(clan);
  PERFORM FROM profiles WHERE id = caller FOR KEY SHARE;
  IF NOT FOUND THEN
    RETURN 'CALLER_UNKNOWN';
  END IF;
  IF EXISTS (SELECT FROM clan_members WHERE clan_id = clan AND user_id = caller) THEN
    RETURN CASE WHEN only_invited THEN 'NOT_INVITED' ELSE 'ALREADY_MEMBER' END;
  END IF;
  IF block_between((SELECT owner_id FROM clans WHERE id = clan), caller) THEN
    RETURN CASE WHEN only_invited THEN 'NOT_INVITED' ELSE 'BLOCKED' END;
  END IF;
  SELECT role INTO invited_role FROM clan_invitations
  WHERE clan_id = clan AND user_id = caller AND role <> 'owner' AND expires_at > now();
  IF only_invited AND invited_role IS NULL THEN
    RETURN 'NOT_INVITED';
  END IF;
  IF invited_role IS NULL AND EXISTS (SELECT FROM clan_removals WHERE clan_id = clan AND user_id = caller) THEN
    RETURN 'REMOVED';
  END IF;
  DELETE FROM clan_invitations WHERE clan_id = clan AND user_id = caller;
  DELETE FROM clan_removals WHERE clan_id = clan AND user_id = caller;
  INSERT INTO clan_members (clan_id, user_id, role) VALUES (clan, caller, coalesce(invited_role, 'member'));
  RETURN 'JOINED';
END $$;
REVOKE ALL ON FUNCTION join_clan(uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION join_clan(uuid, boolean) TO ${slice}_app;

-- Invites a profile to a clan of the caller's, or offers a member its ownership, for 30 days. The same invitation again is renewed,
-- one with another role replaces the one before. The advisory lock makes concurrent invitations of one profile count each other.
CREATE FUNCTION invite_to_clan(clan uuid, person uuid, offered text, most_of_person bigint, most_of_clan bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM lock_clan(clan) WHERE owner_id = auth.uid();
  IF NOT FOUND OR person = auth.uid()
     OR (offered = 'owner') <> EXISTS (SELECT FROM clan_members WHERE clan_id = clan AND user_id = person) THEN
    RETURN 'FORBIDDEN';
  END IF;
  PERFORM FROM profiles WHERE id = person FOR KEY SHARE;
  IF NOT FOUND THEN
    RETURN 'UNKNOWN';
  END IF;
  IF block_between(auth.uid(), person) THEN
    RETURN 'BLOCKED';
  END IF;
  PERFORM auth.lock('clan-invitations:' || person);
  IF (SELECT count(*) FROM clan_invitations WHERE user_id = person AND clan_id <> clan AND expires_at > now()) >= most_of_person
     OR (SELECT count(*) FROM clan_invitations WHERE clan_id = clan AND user_id <> person AND expires_at > now()) >= most_of_clan
  THEN
    RETURN 'LIMIT_REACHED';
  END IF;
  DELETE FROM clan_invitations i USING profiles p
  WHERE i.clan_id = clan AND i.user_id = person AND p.id = person
    AND (i.role <> offered OR i.expires_at <= now() OR i.incarnation <> p.incarnation);
  INSERT INTO clan_invitations (clan_id, user_id, role) VALUES (clan, person, offered)
  ON CONFLICT (clan_id, user_id) DO UPDATE SET expires_at = EXCLUDED.expires_at;
  RETURN 'INVITED';
END $$;
REVOKE ALL ON FUNCTION invite_to_clan(uuid, uuid, text, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION invite_to_clan(uuid, uuid, text, bigint, bigint) TO ${slice}_app;

-- Serializes what increases the number of clans that the caller owns, and returns that number.
CREATE FUNCTION lock_owned_clans() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM auth.lock('owned-clans:' || auth.uid());
  RETURN (SELECT count(*) FROM clans WHERE owner_id = auth.uid());
END $$;
REVOKE ALL ON FUNCTION lock_owned_clans() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_owned_clans() TO ${slice}_app;

-- Makes the caller, a member who was offered the ownership, the owner of a locked clan, and the former owner an admin. The clan
-- has exactly one owner at all times.
CREATE FUNCTION accept_clan_ownership(clan uuid, most_owned bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  caller uuid := auth.uid();
  former_owner uuid;
BEGIN
  SELECT owner_id INTO former_owner FROM lock_clan(clan);
  PERFORM FROM profiles WHERE id = caller FOR KEY SHARE;
  IF former_owner IS NULL OR former_owner = caller
     OR NOT EXISTS (SELECT FROM clan_members WHERE clan_id = clan AND user_id = caller)
     OR block_between(former_owner, caller)
     OR NOT EXISTS (SELECT FROM clan_invitations
       WHERE clan_id = clan AND user_id = caller AND role = 'owner' AND expires_at > now()) THEN
    RETURN 'NOT_OFFERED';
  END IF;
  IF lock_owned_clans() >= most_owned THEN
    RETURN 'LIMIT_REACHED';
  END IF;
  DELETE FROM clan_invitations WHERE clan_id = clan;
  UPDATE clan_members SET role = 'admin' WHERE clan_id = clan AND user_id = former_owner;
  UPDATE clan_members SET role = 'owner' WHERE clan_id = clan AND user_id = caller;
  UPDATE clans SET owner_id = caller WHERE id = clan;
  RETURN 'ACCEPTED';
END $$;
REVOKE ALL ON FUNCTION accept_clan_ownership(uuid, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accept_clan_ownership(uuid, bigint) TO ${slice}_app;

-- A block ends the invitations between the two. It holds the lock of the pair, so no invitation or acceptance is in between.
CREATE FUNCTION end_clan_invitations_of_blocked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM clan_invitations i USING clans c
  WHERE c.id = i.clan_id
    AND ((i.user_id = NEW.blocker_id AND c.owner_id = NEW.blocked_id)
      OR (i.user_id = NEW.blocked_id AND c.owner_id = NEW.blocker_id));
  RETURN NULL;
END $$;
CREATE TRIGGER end_clan_invitations_of_blocked AFTER INSERT ON blocks
  FOR EACH ROW EXECUTE FUNCTION end_clan_invitations_of_blocked();
