-- Migration: V003__achievements.sql
-- Description: Achievements, their criteria over the counters, and awards
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE achievements (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  category TEXT NOT NULL,
  badge_icon_url TEXT,
  criteria JSONB NOT NULL,
  -- The last profile the backfill has processed; NULL when the backfill is complete
  sweep_after UUID DEFAULT '00000000-0000-0000-0000-000000000000',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT achievements_category_is_known CHECK (category IN ('progression', 'skill', 'community')),
  CONSTRAINT achievements_texts_are_bounded CHECK (
    length(name) BETWEEN 1 AND 80 AND length(description) BETWEEN 1 AND 500 AND length(badge_icon_url) <= 2048)
);
CALL auth.guard('achievements');
CREATE UNIQUE INDEX achievements_name_key ON achievements (lower(name));
CREATE INDEX idx_achievements_newest ON achievements (created_at DESC, id DESC);
CREATE TRIGGER update_achievements_updated_at BEFORE UPDATE ON achievements
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON achievements TO ${slice}_app, ${slice}_admin;
GRANT INSERT (name, description, category, badge_icon_url, criteria) ON achievements TO ${slice}_admin;
CREATE POLICY "Achievements viewable by all" ON achievements FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Achievements viewable by admins" ON achievements FOR SELECT TO ${slice}_admin USING (true);
CREATE POLICY "Admins can create achievements" ON achievements FOR INSERT TO ${slice}_admin
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL);

CREATE TABLE user_achievements (
  user_id UUID NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
  achievement_id UUID NOT NULL REFERENCES achievements (id) ON DELETE CASCADE,
  earned_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, achievement_id)
);
CALL auth.guard('user_achievements');
CREATE INDEX idx_user_achievements_achievement ON user_achievements (achievement_id);
GRANT SELECT ON user_achievements TO ${slice}_app;
CREATE POLICY "Earned achievements viewable by all" ON user_achievements FOR SELECT TO ${slice}_app USING (true);

-- The value of a metric in criteria; the metrics are listed in the API description.
CREATE FUNCTION metric(stats profile_stats, name text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE name
  WHEN 'totalSignals' THEN stats.total_signals
  WHEN 'hitSignals' THEN stats.hit_signals
  WHEN 'missSignals' THEN stats.miss_signals
  WHEN 'verifiedHits' THEN stats.verified_hits
  WHEN 'winStreak' THEN stats.win_streak
  WHEN 'maxWinStreak' THEN stats.max_win_streak
  WHEN 'followerCount' THEN stats.follower_count
  WHEN 'subscriberCount' THEN stats.subscriber_count
  WHEN 'winRate' THEN stats.hit_signals * 100.0 / nullif(stats.hit_signals + stats.miss_signals, 0)
END;
GRANT EXECUTE ON FUNCTION metric(profile_stats, text) TO ${slice}_worker;

-- Whether these counters satisfy the criteria: every condition under "all" holds.
CREATE FUNCTION qualifies(criteria jsonb, stats profile_stats) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN NOT EXISTS (
  SELECT FROM jsonb_array_elements(criteria -> 'all') AS condition
  WHERE NOT coalesce(metric(stats, condition ->> 'metric') >= (condition ->> 'gte')::numeric, false));
GRANT EXECUTE ON FUNCTION qualifies(jsonb, profile_stats) TO ${slice}_worker;
