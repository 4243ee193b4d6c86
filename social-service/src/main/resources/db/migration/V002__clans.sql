-- Migration: V002__clans.sql
-- Description: Clans and who belongs to them
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE clans (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  owner_id UUID NOT NULL REFERENCES profiles (id),
  name TEXT NOT NULL,
  -- What names are told apart and searched by, whatever the database's own locale
  folded_name TEXT COLLATE pg_unicode_fast NOT NULL GENERATED ALWAYS AS (casefold(name COLLATE pg_unicode_fast)) STORED,
  badge_url TEXT,
  member_count BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT clans_name_key UNIQUE (folded_name),
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog AS $$
BEGIN
  SELECT incarnation INTO NEW.incarnation FROM profiles WHERE id = NEW.user_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a member has a profile' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamp_clan_member BEFORE INSERT ON clan_members
  FOR EACH ROW EXECUTE FUNCTION stamp_clan_member();

-- The owner's function moves the count, so that no person's role needs the right to.
CREATE FUNCTION count_clan_members() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog AS $$
BEGIN
  UPDATE clans SET member_count = member_count + CASE TG_OP WHEN 'INSERT' THEN moved.members ELSE - moved.members END
  FROM (SELECT clan_id, count(*) AS members FROM changed GROUP BY clan_id) AS moved
  WHERE clans.id = moved.clan_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_joined AFTER INSERT ON clan_members REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_clan_members();
CREATE TRIGGER count_left AFTER DELETE ON clan_members REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_clan_members();

-- Whoever founds a clan is its owner from the first moment on.
CREATE FUNCTION crown_founder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog AS $$
BEGIN
  INSERT INTO clan_members (clan_id, user_id, role) VALUES (NEW.id, NEW.owner_id, 'owner');
  RETURN NULL;
END $$;
CREATE TRIGGER crown_founder AFTER INSERT ON clans
  FOR EACH ROW EXECUTE FUNCTION crown_founder();

-- The caller's role in a clan. The owner's function, so that the policies of clan_members can ask it without asking themselves.
CREATE FUNCTION own_role(clan uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog
AS $$
  SELECT role FROM clan_members WHERE clan_id = clan AND user_id = auth.uid();
$$;
REVOKE ALL ON FUNCTION own_role(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_role(uuid) TO ${slice}_app;

GRANT SELECT, DELETE ON clans TO ${slice}_app;
GRANT INSERT (owner_id, name, badge_url) ON clans TO ${slice}_app;
GRANT UPDATE (name, badge_url) ON clans TO ${slice}_app;
CREATE POLICY "Clans viewable by all" ON clans FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Elite+ can found clans" ON clans FOR INSERT TO ${slice}_app
  WITH CHECK (owner_id = (SELECT auth.uid())
    AND (SELECT tier FROM profiles WHERE id = (SELECT auth.uid())) IN ('elite', 'gladiator', 'legend'));
CREATE POLICY "Owners can edit clans" ON clans FOR UPDATE TO ${slice}_app
  USING (owner_id = (SELECT auth.uid())) WITH CHECK (owner_id = (SELECT auth.uid()));
CREATE POLICY "Owners can dissolve clans" ON clans FOR DELETE TO ${slice}_app
  USING (owner_id = (SELECT auth.uid()));

GRANT SELECT, DELETE ON clan_members TO ${slice}_app;
GRANT INSERT (clan_id, user_id) ON clan_members TO ${slice}_app;
GRANT UPDATE (role) ON clan_members TO ${slice}_app;
CREATE POLICY "Members viewable by all" ON clan_members FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Users can join as members" ON clan_members FOR INSERT TO ${slice}_app
  WITH CHECK (user_id = (SELECT auth.uid()) AND role = 'member');
-- All but the crown, see hand_over_clan.
CREATE POLICY "Owners give roles" ON clan_members FOR UPDATE TO ${slice}_app
  USING (role <> 'owner' AND own_role(clan_id) = 'owner') WITH CHECK (role <> 'owner');
CREATE POLICY "Members leave or are removed" ON clan_members FOR DELETE TO ${slice}_app
  USING (role <> 'owner' AND (user_id = (SELECT auth.uid())
    OR own_role(clan_id) = 'owner' OR (own_role(clan_id) = 'admin' AND role = 'member')));

-- The clan, locked until the transaction ends: whatever changes a clan or its members begins here, so that such changes take
-- turns and nobody waits crosswise. The owner's function, since a policy would let only a clan's owner lock it.
CREATE FUNCTION clan_for_change(clan uuid) RETURNS SETOF clans
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog
AS $$
  SELECT * FROM clans WHERE id = clan AND auth.uid() IS NOT NULL FOR NO KEY UPDATE;
$$;
REVOKE ALL ON FUNCTION clan_for_change(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clan_for_change(uuid) TO ${slice}_app;

-- A clan has exactly one owner at all times: the crown passes in one step, and only from the owner's own hand.
CREATE FUNCTION hand_over_clan(clan uuid, heir uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog AS $$
BEGIN
  PERFORM FROM clans WHERE id = clan AND owner_id = auth.uid() FOR NO KEY UPDATE;
  IF NOT FOUND OR heir = auth.uid()
     OR NOT EXISTS (SELECT FROM clan_members WHERE clan_id = clan AND user_id = heir) THEN
    RETURN false;
  END IF;
  UPDATE clan_members SET role = 'admin' WHERE clan_id = clan AND user_id = auth.uid();
  UPDATE clan_members SET role = 'owner' WHERE clan_id = clan AND user_id = heir;
  UPDATE clans SET owner_id = heir WHERE id = clan;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION hand_over_clan(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hand_over_clan(uuid, uuid) TO ${slice}_app;
