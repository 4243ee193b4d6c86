DROP FUNCTION competition_for_change(uuid);
DROP TRIGGER stale_rankings ON competition_participants;
DROP FUNCTION stale_rankings();
