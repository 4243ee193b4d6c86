-- Migration: V001__profiles.sql
-- Description: Profiles, their settings, and when their owners were last seen
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE profiles (
  id UUID PRIMARY KEY,
  username TEXT NOT NULL,
  display_name TEXT,
  avatar_url TEXT,
  banner_url TEXT,
  bio TEXT,
  trading_style TEXT,
  my_story TEXT,
  my_why TEXT,

  -- Tier and eligibility: changed by an admin or a purchase only
  tier TEXT NOT NULL DEFAULT 'free',
  tier_since TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- The times in which the person was a legend and is no more: {since, until}, the earliest first.
  legend_spans JSONB NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(legend_spans) = 'array'),
  legend_eligible BOOLEAN NOT NULL DEFAULT false,

  -- Public; stealth mode is visible to the owner only, see profile_settings
  journal_public BOOLEAN NOT NULL DEFAULT false,

  -- Increases when an erased id creates a profile again: see continue_incarnations
  incarnation BIGINT NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),

  CONSTRAINT profiles_username_key UNIQUE (username),
  CONSTRAINT profiles_username_is_plain CHECK (username ~ '^[a-z0-9_]{3,30}$'),
  CONSTRAINT profiles_tier_is_known CHECK (tier IN ('free', 'grow', 'elite', 'gladiator', 'legend')),
  CONSTRAINT profiles_texts_are_bounded CHECK (
    length(display_name) <= 80 AND length(avatar_url) <= 2048 AND length(banner_url) <= 2048 AND length(bio) <= 2000
    AND length(trading_style) <= 200 AND length(my_story) <= 10000 AND length(my_why) <= 10000)
);
CALL auth.guard('profiles');

CREATE INDEX idx_profiles_newest ON profiles (created_at DESC, id DESC);
CREATE INDEX idx_profiles_tier ON profiles (tier, created_at DESC, id DESC);
CREATE INDEX idx_profiles_username_prefix ON profiles (username text_pattern_ops);
CREATE INDEX idx_profiles_display_name_prefix ON profiles (lower(display_name) text_pattern_ops);

CREATE TRIGGER update_profiles_updated_at BEFORE UPDATE ON profiles
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER bump_profiles_version BEFORE INSERT OR UPDATE ON profiles
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

GRANT SELECT, DELETE ON profiles TO ${slice}_app;
GRANT INSERT (id, username, display_name, avatar_url, banner_url, bio, trading_style, my_story, my_why) ON profiles TO ${slice}_app;
GRANT UPDATE (display_name, avatar_url, banner_url, bio, trading_style, my_story, my_why, journal_public) ON profiles TO ${slice}_app;
GRANT SELECT, UPDATE (tier, tier_since, legend_spans, legend_eligible) ON profiles TO ${slice}_admin;

CREATE POLICY "Profiles viewable by all" ON profiles FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Users can create own profile" ON profiles FOR INSERT TO ${slice}_app
  WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY "Users can update own profile" ON profiles FOR UPDATE TO ${slice}_app
  USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY "Users can delete own profile" ON profiles FOR DELETE TO ${slice}_app
  USING (id = (SELECT auth.uid()));
CREATE POLICY "Profiles viewable by admins" ON profiles FOR SELECT TO ${slice}_admin USING (true);
CREATE POLICY "Admins set tiers" ON profiles FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL) WITH CHECK ((SELECT auth.uid()) IS NOT NULL);

-- Settings that only the owner may see.
CREATE TABLE profile_settings (
  profile_id UUID PRIMARY KEY REFERENCES profiles (id) ON DELETE CASCADE,
  stealth_mode BOOLEAN NOT NULL DEFAULT false,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('profile_settings');
CREATE TRIGGER update_profile_settings_updated_at BEFORE UPDATE ON profile_settings
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, UPDATE (stealth_mode) ON profile_settings TO ${slice}_app;
GRANT SELECT, UPDATE (stealth_mode) ON profile_settings TO ${slice}_admin;
CREATE POLICY "Owners can view own settings" ON profile_settings FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));
CREATE POLICY "Gladiator+ can use stealth mode" ON profile_settings FOR UPDATE TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()))
  WITH CHECK (profile_id = (SELECT auth.uid())
    AND (NOT stealth_mode OR auth.tier_is_at_least((SELECT tier FROM profiles WHERE id = (SELECT auth.uid())), 'gladiator')));
CREATE POLICY "Admins see settings" ON profile_settings FOR SELECT TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "Admins end stealth mode" ON profile_settings FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL) WITH CHECK (NOT stealth_mode);

-- What a person's tier is made of: the higher of the two counts, and is profiles.tier. Changed by an admin and by billing's
-- events. The owner's alone.
CREATE TABLE profile_tiers (
  profile_id UUID PRIMARY KEY REFERENCES profiles (id) ON DELETE CASCADE,
  granted_tier TEXT NOT NULL DEFAULT 'free' CHECK (granted_tier IN ('free', 'grow', 'elite', 'gladiator', 'legend')),
  purchased_tier TEXT NOT NULL DEFAULT 'free' CHECK (purchased_tier IN ('free', 'grow', 'elite', 'gladiator')),
  -- Of the event that the purchased tier is from.
  sequence BIGINT NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('profile_tiers');
CREATE TRIGGER update_profile_tiers_updated_at BEFORE UPDATE ON profile_tiers
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON profile_tiers TO ${slice}_app;
GRANT SELECT, UPDATE (granted_tier) ON profile_tiers TO ${slice}_admin;
CREATE POLICY "Owners can view own tiers" ON profile_tiers FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));
CREATE POLICY "Admins see tiers" ON profile_tiers FOR SELECT TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "Admins grant tiers" ON profile_tiers FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL) WITH CHECK ((SELECT auth.uid()) IS NOT NULL);

-- A separate table, so that an update of last_seen costs neither a version nor an index entry of the profile.
CREATE TABLE profile_presence (
  profile_id UUID PRIMARY KEY REFERENCES profiles (id) ON DELETE CASCADE,
  last_seen TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('profile_presence');
CREATE INDEX idx_profile_presence_last_seen ON profile_presence (last_seen DESC, profile_id DESC);
GRANT SELECT ON profile_presence TO ${slice}_app, ${slice}_admin;
CREATE POLICY "Presence viewable by all" ON profile_presence FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Presence viewable by admins" ON profile_presence FOR SELECT TO ${slice}_admin USING (true);

-- Usernames of erased profiles, as keyed digests: nobody else may take them until then.
CREATE TABLE resting_usernames (
  username_digest TEXT PRIMARY KEY CHECK (username_digest ~ '^[0-9a-f]{64}$'),
  profile_digest TEXT NOT NULL CHECK (profile_digest ~ '^[0-9a-f]{64}$'),
  rests_until TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('resting_usernames');
CREATE INDEX idx_resting_usernames_until ON resting_usernames (rests_until);
CREATE TRIGGER update_resting_usernames_updated_at BEFORE UPDATE ON resting_usernames
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, DELETE, INSERT (username_digest, profile_digest, rests_until) ON resting_usernames TO ${slice}_app;
CREATE POLICY "Callers can check usernames" ON resting_usernames FOR SELECT TO ${slice}_app
  USING ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "Callers can let a username rest" ON resting_usernames FOR INSERT TO ${slice}_app
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "Callers can end a rest" ON resting_usernames FOR DELETE TO ${slice}_app
  USING ((SELECT auth.uid()) IS NOT NULL);

-- Deletes unpublished events of a caller who is being erased. It acts on the caller alone.
CREATE FUNCTION delete_pending_events() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp
AS $$
  DELETE FROM outbox
  WHERE key = auth.uid()::text AND topic IN ('tradosphere.profile.profiles', 'tradosphere.profile.settings');
$$;
REVOKE ALL ON FUNCTION delete_pending_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_pending_events() TO ${slice}_app;

-- Incarnations grow whatever the clock says: a new one is greater than the last erased one of the same person.
CREATE FUNCTION continue_incarnations() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp
AS $$
BEGIN
  NEW.incarnation := greatest(NEW.incarnation, coalesce(
    (SELECT e.incarnation + 1 FROM erased_profiles e WHERE e.pseudonym = auth.pseudonym(NEW.id)), 0));
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION continue_incarnations() FROM PUBLIC;
CREATE TRIGGER continue_incarnations BEFORE INSERT ON profiles
  FOR EACH ROW EXECUTE FUNCTION continue_incarnations();

-- The last incarnation is remembered in the transaction that ends it: the person may return before any consumer has run.
CREATE FUNCTION remember_incarnation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO erased_profiles AS recorded (pseudonym, incarnation, sequence)
  VALUES (auth.pseudonym(OLD.id), OLD.incarnation, 0)
  ON CONFLICT (pseudonym) DO UPDATE SET incarnation = EXCLUDED.incarnation, erased_at = now()
  WHERE recorded.incarnation < EXCLUDED.incarnation;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION remember_incarnation() FROM PUBLIC;
CREATE TRIGGER remember_incarnation AFTER DELETE ON profiles
  FOR EACH ROW EXECUTE FUNCTION remember_incarnation();
