DROP FUNCTION lock_competition(uuid);
DROP TRIGGER mark_rankings_stale ON competition_participants;
DROP FUNCTION mark_rankings_stale();
DROP TRIGGER mark_joined_rankings_stale ON competition_participants;
DROP FUNCTION mark_joined_rankings_stale();
