-- Migration: V004__watchlists.sql
-- Description: Shared watchlists: the owner may do everything, editors change assets, viewers read; exactly one owner
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE watchlists (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  name TEXT NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100 AND name ~ '\S'),
  -- NULL once the creator of a shared list is erased.
  created_by UUID REFERENCES profiles (id),
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('watchlists');
CREATE INDEX idx_watchlists_created_by ON watchlists (created_by);
CREATE TRIGGER update_watchlists_updated_at BEFORE UPDATE ON watchlists
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_watchlists BEFORE INSERT OR UPDATE ON watchlists
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

CREATE TABLE watchlist_members (
  watchlist_id UUID NOT NULL REFERENCES watchlists (id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES profiles (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (watchlist_id, user_id),
  -- Checked at the commit, so that a list can be handed over: the new owner gets the role before the old one loses it.
  CONSTRAINT watchlist_members_single_owner EXCLUDE USING btree (watchlist_id WITH =) WHERE (role = 'owner')
    DEFERRABLE INITIALLY DEFERRED
);
CALL auth.guard('watchlist_members');
CREATE INDEX idx_watchlist_members_user ON watchlist_members (user_id, watchlist_id DESC);
CREATE TRIGGER update_watchlist_members_updated_at BEFORE UPDATE ON watchlist_members
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

CREATE TABLE watchlist_assets (
  watchlist_id UUID NOT NULL REFERENCES watchlists (id) ON DELETE CASCADE,
  symbol TEXT NOT NULL CHECK (char_length(symbol) BETWEEN 1 AND 32 AND symbol = upper(symbol) AND symbol !~ '\s'),
  -- NULL once that person is erased.
  added_by UUID REFERENCES profiles (id),
  added_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (watchlist_id, symbol)
);
CALL auth.guard('watchlist_assets');
CREATE INDEX idx_watchlist_assets_added_by ON watchlist_assets (added_by);
CREATE TRIGGER update_watchlist_assets_updated_at BEFORE UPDATE ON watchlist_assets
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- The lists in which the caller has one of these roles. SECURITY DEFINER: a policy of watchlist_members that queried
-- watchlist_members would recurse.
CREATE FUNCTION watchlists_as(VARIADIC roles text[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT watchlist_id FROM watchlist_members WHERE user_id = auth.uid() AND role = ANY (roles)
$$;
REVOKE EXECUTE ON FUNCTION watchlists_as(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION watchlists_as(text[]) TO ${slice}_app;

CREATE FUNCTION insert_watchlist_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO watchlist_members (watchlist_id, user_id, role) VALUES (NEW.id, NEW.created_by, 'owner');
  RETURN NULL;
END $$;
CREATE TRIGGER insert_watchlist_owners AFTER INSERT ON watchlists
  FOR EACH ROW EXECUTE FUNCTION insert_watchlist_owner();

-- The exclusion constraint prevents a second owner. This trigger checks at the commit that an owner remains.
CREATE FUNCTION require_watchlist_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM watchlists WHERE id = OLD.watchlist_id)
    AND NOT EXISTS (SELECT FROM watchlist_members WHERE watchlist_id = OLD.watchlist_id AND role = 'owner') THEN
    RAISE EXCEPTION 'a watchlist keeps one owner'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'watchlist_members_one_owner';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER require_watchlist_owner AFTER UPDATE OR DELETE ON watchlist_members
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.role = 'owner') EXECUTE FUNCTION require_watchlist_owner();

GRANT SELECT, DELETE ON watchlists, watchlist_members, watchlist_assets TO ${slice}_app;
GRANT INSERT (id, name, created_by), UPDATE (name) ON watchlists TO ${slice}_app;
GRANT UPDATE (role) ON watchlist_members TO ${slice}_app;
GRANT INSERT (watchlist_id, symbol, added_by) ON watchlist_assets TO ${slice}_app;

CREATE POLICY "Members can view watchlists" ON watchlists FOR SELECT TO ${slice}_app
  USING (id = ANY (ARRAY(SELECT watchlists_as('owner', 'editor', 'viewer')))
    -- In the transaction that creates the list, the owner's member row is inserted only after RETURNING.
    OR (created_by = (SELECT auth.uid()) AND created_at = now()));
CREATE POLICY "Users can create watchlists" ON watchlists FOR INSERT TO ${slice}_app
  WITH CHECK (created_by = (SELECT auth.uid()));
CREATE POLICY "Owner can rename watchlist" ON watchlists FOR UPDATE TO ${slice}_app
  USING (id = ANY (ARRAY(SELECT watchlists_as('owner'))));
CREATE POLICY "Owner can delete watchlist" ON watchlists FOR DELETE TO ${slice}_app
  USING (id = ANY (ARRAY(SELECT watchlists_as('owner'))));

CREATE POLICY "Members can view members" ON watchlist_members FOR SELECT TO ${slice}_app
  USING (watchlist_id = ANY (ARRAY(SELECT watchlists_as('owner', 'editor', 'viewer'))));
-- Nobody becomes a member or an owner without accepting an invitation, see accept_watchlist_invitation.
CREATE POLICY "Owner can change roles" ON watchlist_members FOR UPDATE TO ${slice}_app
  USING (role <> 'owner' AND watchlist_id = ANY (ARRAY(SELECT watchlists_as('owner')))) WITH CHECK (role <> 'owner');
CREATE POLICY "Owner can remove members, members can leave" ON watchlist_members FOR DELETE TO ${slice}_app
  USING (user_id = (SELECT auth.uid()) OR watchlist_id = ANY (ARRAY(SELECT watchlists_as('owner'))));

CREATE POLICY "Members can view assets" ON watchlist_assets FOR SELECT TO ${slice}_app
  USING (watchlist_id = ANY (ARRAY(SELECT watchlists_as('owner', 'editor', 'viewer'))));
CREATE POLICY "Editors can add assets" ON watchlist_assets FOR INSERT TO ${slice}_app
  WITH CHECK (added_by = (SELECT auth.uid()) AND watchlist_id = ANY (ARRAY(SELECT watchlists_as('owner', 'editor'))));
CREATE POLICY "Editors can remove assets" ON watchlist_assets FOR DELETE TO ${slice}_app
  USING (watchlist_id = ANY (ARRAY(SELECT watchlists_as('owner', 'editor'))));
