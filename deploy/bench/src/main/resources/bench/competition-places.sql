-- The seed does not enforce max_participants. This trigger follows the pattern of its other triggers: it locks the competition and
-- counts who is in it. A competition without a limit needs no lock. SECURITY DEFINER, since a user may not lock another's competition.
CREATE FUNCTION check_competition_places()
RETURNS TRIGGER AS $$
DECLARE
  places INTEGER;
BEGIN
  SELECT max_participants INTO places FROM competitions WHERE id = NEW.competition_id;
  IF places IS NOT NULL THEN
    PERFORM FROM competitions WHERE id = NEW.competition_id FOR NO KEY UPDATE;
    IF (SELECT count(*) FROM competition_participants WHERE competition_id = NEW.competition_id) >= places THEN
      RAISE EXCEPTION 'All places are taken' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql SECURITY DEFINER;

CREATE TRIGGER check_competition_places_trigger
  BEFORE INSERT ON competition_participants
  FOR EACH ROW
  EXECUTE FUNCTION check_competition_places();
