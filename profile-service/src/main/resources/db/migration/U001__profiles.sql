DROP FUNCTION delete_pending_events();
DROP TABLE resting_usernames;
DROP TABLE profile_presence;
DROP TABLE profile_tiers;
DROP TABLE profile_settings;
DROP TABLE profiles;
DROP FUNCTION remember_incarnation();
DROP FUNCTION continue_incarnations();
