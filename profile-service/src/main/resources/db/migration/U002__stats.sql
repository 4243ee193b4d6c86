DROP TRIGGER create_profile_rows ON profiles;
DROP FUNCTION create_profile_rows();
DROP TABLE ranking_due;
DROP TABLE profile_ranking;
DROP TABLE subscription_edges;
DROP TABLE follow_edges;
DROP TABLE profile_stats;
