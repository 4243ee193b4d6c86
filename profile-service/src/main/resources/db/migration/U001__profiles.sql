DROP FUNCTION forget_pending_events();
DROP TABLE profile_presence;
DROP TABLE profile_settings;
DROP TABLE profiles;
