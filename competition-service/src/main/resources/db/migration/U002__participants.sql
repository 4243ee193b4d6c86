DROP VIEW own_participations;
DROP TABLE competition_participants;
DROP FUNCTION count_participants();
DROP FUNCTION guard_participant();
DROP FUNCTION stamp_participant();
DROP TABLE stealth;
DROP TABLE clan_members;
