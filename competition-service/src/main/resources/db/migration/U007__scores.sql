DROP INDEX idx_rankings_stale;
DROP TRIGGER take_time_of_participants ON competition_participants;
DROP FUNCTION begin_participation();
