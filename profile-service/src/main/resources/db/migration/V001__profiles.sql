-- Migration: V001__profiles.sql
-- Description: People: what they say of themselves, their settings, and when they were last here
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

  -- Tier & status: an admin's or a purchase's to change
  tier TEXT NOT NULL DEFAULT 'free',
  tier_since TIMESTAMPTZ NOT NULL DEFAULT now(),
  legend_eligible BOOLEAN NOT NULL DEFAULT false,

  -- Everybody may know whether a journal is open; stealth mode is the owner's alone, see profile_settings
  journal_public BOOLEAN NOT NULL DEFAULT false,

  -- Which life of this id it is: grows when somebody erased comes back
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
GRANT SELECT, UPDATE (tier, tier_since, legend_eligible) ON profiles TO ${slice}_admin;

CREATE POLICY "Profiles viewable by all" ON profiles FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Users can make their own profile" ON profiles FOR INSERT TO ${slice}_app
  WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY "Users can update own profile" ON profiles FOR UPDATE TO ${slice}_app
  USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));
CREATE POLICY "Users can delete own profile" ON profiles FOR DELETE TO ${slice}_app
  USING (id = (SELECT auth.uid()));
CREATE POLICY "Profiles viewable by admins" ON profiles FOR SELECT TO ${slice}_admin USING (true);
CREATE POLICY "Admins set tiers" ON profiles FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL) WITH CHECK ((SELECT auth.uid()) IS NOT NULL);

-- What only its owner may see.
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
CREATE POLICY "Settings are their owner's" ON profile_settings FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));
CREATE POLICY "Stealth mode is for gladiators and above" ON profile_settings FOR UPDATE TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()))
  WITH CHECK (profile_id = (SELECT auth.uid())
    AND (NOT stealth_mode OR (SELECT tier FROM profiles WHERE id = (SELECT auth.uid())) IN ('gladiator', 'legend')));
CREATE POLICY "Admins see settings" ON profile_settings FOR SELECT TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "Admins end stealth mode" ON profile_settings FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL) WITH CHECK (NOT stealth_mode);

-- In a table of its own, so that being seen costs neither a version nor an index entry of the profile.
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

-- What is about to be published of somebody who leaves at this moment must not be: nobody else can call it for them.
CREATE FUNCTION forget_pending_events() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog
AS $$
  DELETE FROM outbox
  WHERE key = auth.uid()::text AND topic IN ('tradosphere.profile.profiles', 'tradosphere.profile.settings');
$$;
REVOKE ALL ON FUNCTION forget_pending_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_pending_events() TO ${slice}_app;
