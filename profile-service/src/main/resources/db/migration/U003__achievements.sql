DROP FUNCTION qualifies(jsonb, profile_stats);
DROP FUNCTION metric(profile_stats, text);
DROP TABLE user_achievements;
DROP TABLE achievements;
