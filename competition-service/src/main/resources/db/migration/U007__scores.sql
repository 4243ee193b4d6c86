DROP INDEX idx_rankings_stale;
DROP TRIGGER start_participations ON competition_participants;
DROP FUNCTION start_participation();
