REVOKE SELECT (incarnation) ON competition_participants FROM ${slice}_app;

CREATE OR REPLACE FUNCTION stamp_participant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.user_id IS NULL THEN
    RAISE EXCEPTION 'a participant must have a user' USING ERRCODE = 'not_null_violation', COLUMN = 'user_id';
  END IF;
  SELECT incarnation INTO NEW.incarnation FROM profiles WHERE id = NEW.user_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a participant must have a profile'
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'competition_participants_user_id_fkey';
  END IF;
  INSERT INTO stealth (profile_id, hidden, incarnation, sequence) VALUES (NEW.user_id, false, NEW.incarnation, 0)
    ON CONFLICT (profile_id) DO NOTHING;
  SELECT hidden INTO NEW.hidden FROM stealth WHERE profile_id = NEW.user_id FOR SHARE;
  NEW.status := 'active';
  RETURN NEW;
END $$;
