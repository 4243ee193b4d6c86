-- Migration: V000_2__profiles.sql
-- Description: The slice's profile replica, built from the compacted topic of profiles
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE profiles (
  id UUID PRIMARY KEY,
  username TEXT NOT NULL,
  display_name TEXT,
  avatar_url TEXT,
  tier TEXT NOT NULL CHECK (tier IN ('free', 'grow', 'elite', 'gladiator', 'legend')),
  incarnation BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('profiles');
CREATE TRIGGER update_profiles_updated_at BEFORE UPDATE ON profiles
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON profiles TO ${slice}_app, ${slice}_admin;
CREATE POLICY "Profiles viewable by all" ON profiles FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Profiles viewable by admins" ON profiles FOR SELECT TO ${slice}_admin USING (true);
