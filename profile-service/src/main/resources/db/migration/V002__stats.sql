-- Migration: V002__stats.sql
-- Description: Counters of profiles, maintained from events alone, and the ranking by followers
-- Author: TradoSphere
-- Date: 2026-11-22

-- Narrow and with free space on its pages, so that every update of a counter is a HOT update.
CREATE TABLE profile_stats (
  profile_id UUID PRIMARY KEY REFERENCES profiles (id) ON DELETE CASCADE,
  incarnation BIGINT NOT NULL,
  total_signals BIGINT NOT NULL DEFAULT 0,
  hit_signals BIGINT NOT NULL DEFAULT 0,
  miss_signals BIGINT NOT NULL DEFAULT 0,
  -- Cancelled by their creators. They keep counting as posted.
  cancelled_signals BIGINT NOT NULL DEFAULT 0,
  verified_hits BIGINT NOT NULL DEFAULT 0,
  win_streak BIGINT NOT NULL DEFAULT 0,
  max_win_streak BIGINT NOT NULL DEFAULT 0,
  follower_count BIGINT NOT NULL DEFAULT 0,
  subscriber_count BIGINT NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT profile_stats_are_never_negative CHECK (
    total_signals >= 0 AND hit_signals >= 0 AND miss_signals >= 0 AND cancelled_signals >= 0 AND verified_hits >= 0 AND win_streak >= 0
    AND max_win_streak >= 0 AND follower_count >= 0 AND subscriber_count >= 0)
) WITH (fillfactor = 50);
CALL auth.guard('profile_stats');
GRANT SELECT ON profile_stats TO ${slice}_app, ${slice}_admin;
CREATE POLICY "Stats viewable by all" ON profile_stats FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Stats viewable by admins" ON profile_stats FOR SELECT TO ${slice}_admin USING (true);

-- A replica of follows: the last state of each pair. An event changes a counter only by the difference it makes here. A
-- repeated, late or replayed event therefore counts once.
CREATE TABLE follow_edges (
  follower_id UUID NOT NULL,
  following_id UUID NOT NULL,
  follower_incarnation BIGINT NOT NULL,
  following_incarnation BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (follower_id, following_id)
);
CALL auth.guard('follow_edges');
GRANT SELECT ON follow_edges TO ${slice}_app;
CREATE POLICY "Both profiles can view a follow" ON follow_edges FOR SELECT TO ${slice}_app
  USING (follower_id = (SELECT auth.uid()) OR following_id = (SELECT auth.uid()));
CREATE INDEX idx_follow_edges_following ON follow_edges (following_id);
CREATE INDEX idx_follow_edges_ended ON follow_edges (updated_at) WHERE NOT active;

-- A replica of subscriptions, as of follows. An active one counts.
CREATE TABLE subscription_edges (
  subscriber_id UUID NOT NULL,
  creator_id UUID NOT NULL,
  subscriber_incarnation BIGINT NOT NULL,
  creator_incarnation BIGINT NOT NULL,
  active BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (subscriber_id, creator_id)
);
CALL auth.guard('subscription_edges');
GRANT SELECT ON subscription_edges TO ${slice}_app;
CREATE POLICY "Both profiles can view a subscription" ON subscription_edges FOR SELECT TO ${slice}_app
  USING (subscriber_id = (SELECT auth.uid()) OR creator_id = (SELECT auth.uid()));
CREATE INDEX idx_subscription_edges_creator ON subscription_edges (creator_id);
CREATE INDEX idx_subscription_edges_ended ON subscription_edges (updated_at) WHERE NOT active;

-- The ranking by followers, a few seconds old. An index on the live counter would cost every follow its HOT update.
CREATE TABLE profile_ranking (
  profile_id UUID PRIMARY KEY REFERENCES profiles (id) ON DELETE CASCADE,
  follower_count BIGINT NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('profile_ranking');
CREATE INDEX idx_profile_ranking_follower_count ON profile_ranking (follower_count DESC, profile_id DESC);
GRANT SELECT ON profile_ranking TO ${slice}_app, ${slice}_admin;
CREATE POLICY "Ranking viewable by all" ON profile_ranking FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Ranking viewable by admins" ON profile_ranking FOR SELECT TO ${slice}_admin USING (true);

-- Profiles whose ranking is out of date.
CREATE TABLE ranking_due (
  profile_id UUID PRIMARY KEY,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('ranking_due');

-- Creates the one row that each profile has in each of these tables. It runs as the owner, so that no client role needs
-- INSERT.
CREATE FUNCTION create_profile_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO profile_settings (profile_id) VALUES (NEW.id);
  INSERT INTO profile_tiers (profile_id) VALUES (NEW.id);
  INSERT INTO profile_presence (profile_id) VALUES (NEW.id);
  INSERT INTO profile_stats (profile_id, incarnation) VALUES (NEW.id, NEW.incarnation);
  INSERT INTO profile_ranking (profile_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER create_profile_rows AFTER INSERT ON profiles
  FOR EACH ROW EXECUTE FUNCTION create_profile_rows();
