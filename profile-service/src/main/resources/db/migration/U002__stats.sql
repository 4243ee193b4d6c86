DROP TRIGGER furnish_profile ON profiles;
DROP FUNCTION furnish_profile();
DROP TABLE ranking_due;
DROP TABLE profile_ranking;
DROP TABLE follow_edges;
DROP TABLE profile_stats;
