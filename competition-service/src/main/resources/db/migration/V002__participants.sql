-- Migration: V002__participants.sql
-- Description: Who takes part: one checked join, withdrawal, disqualification, and nobody in stealth mode shown to others
-- Author: TradoSphere
-- Date: 2026-11-22

-- Copy from social's compacted topic. A row outlives its membership (is_member false) for its sequence.
CREATE TABLE clan_members (
  clan_id UUID NOT NULL,
  user_id UUID NOT NULL,
  incarnation BIGINT NOT NULL,
  role TEXT CHECK (role IN ('owner', 'admin', 'member')),
  is_member BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (clan_id, user_id),
  CHECK (role IS NOT NULL OR NOT is_member)
);
CALL auth.guard('clan_members');
CREATE INDEX idx_clan_members_user ON clan_members (user_id);
CREATE TRIGGER update_clan_members_updated_at BEFORE UPDATE ON clan_members
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON clan_members TO ${slice}_app;
CREATE POLICY "Clan members viewable by all" ON clan_members FOR SELECT TO ${slice}_app USING (is_member);

-- Who is in stealth mode: a copy from profile's settings topic, for the worker alone. No role of people may list it.
CREATE TABLE stealth (
  profile_id UUID PRIMARY KEY,
  hidden BOOLEAN NOT NULL,
  incarnation BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('stealth');
CREATE TRIGGER update_stealth_updated_at BEFORE UPDATE ON stealth
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

CREATE TABLE competition_participants (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  competition_id UUID NOT NULL REFERENCES competitions (id),
  -- NULL once that person has departed from a competition that had ended: the others keep their places.
  user_id UUID REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  clan_id UUID,
  hidden BOOLEAN NOT NULL DEFAULT false,
  score NUMERIC(20, 8) NOT NULL DEFAULT 0 CHECK (score > -1e12 AND score < 1e12),
  -- Among all, and among those who are shown: the difference would give away who is hidden.
  rank INTEGER CHECK (rank > 0),
  public_rank INTEGER CHECK (public_rank > 0),
  total_pnl NUMERIC(40, 8) NOT NULL DEFAULT 0 CHECK (total_pnl <> 'NaN'),
  win_rate NUMERIC(5, 2) NOT NULL DEFAULT 0 CHECK (win_rate >= 0 AND win_rate <= 100),
  sharpe_ratio NUMERIC(20, 4) CHECK (sharpe_ratio <> 'NaN'),
  max_drawdown NUMERIC(40, 4) CHECK (max_drawdown >= 0 AND max_drawdown <> 'NaN'),
  trade_count BIGINT NOT NULL DEFAULT 0 CHECK (trade_count >= 0),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'eliminated', 'disqualified', 'withdrawn')),
  disqualification_reason TEXT CHECK (char_length(disqualification_reason) BETWEEN 1 AND 1000),
  joined_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (competition_id, user_id),
  CONSTRAINT participants_disqualified_for_a_reason CHECK (
    (status = 'disqualified') = (disqualification_reason IS NOT NULL))
) WITH (fillfactor = 80);
CALL auth.guard('competition_participants');
CREATE INDEX idx_participants_competition ON competition_participants (competition_id, public_rank, id);
CREATE INDEX idx_participants_user ON competition_participants (user_id, joined_at DESC, id DESC);
CREATE INDEX idx_participants_leaderboard ON competition_participants (competition_id, score DESC, id);

-- What a join brings is the server's word. The lock on the stealth row lets a join and a change of stealth mode, at once,
-- see one another: the consumer's upsert of that row waits for the join, then finds the participant.
CREATE FUNCTION stamp_participant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.user_id IS NULL THEN
    RAISE EXCEPTION 'a participant is a person' USING ERRCODE = 'not_null_violation', COLUMN = 'user_id';
  END IF;
  SELECT incarnation INTO NEW.incarnation FROM profiles WHERE id = NEW.user_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a participant has a profile'
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'competition_participants_user_id_fkey';
  END IF;
  INSERT INTO stealth (profile_id, hidden, incarnation, sequence) VALUES (NEW.user_id, false, NEW.incarnation, 0)
    ON CONFLICT (profile_id) DO NOTHING;
  SELECT hidden INTO NEW.hidden FROM stealth WHERE profile_id = NEW.user_id FOR SHARE;
  NEW.status := 'active';
  RETURN NEW;
END $$;
CREATE TRIGGER stamp_participants BEFORE INSERT ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION stamp_participant();

-- Who may move a participant where. The worker may do anything; of people, oneself out and in again, and the competition's
-- creator (by policy) or an admin to disqualified.
CREATE FUNCTION guard_participant() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status OR current_user NOT IN ('${slice}_app', '${slice}_admin') THEN
    RETURN NEW;
  END IF;
  IF current_user = '${slice}_app' AND OLD.user_id = auth.uid()
    AND (OLD.status, NEW.status) IN (('active', 'withdrawn'), ('withdrawn', 'active')) THEN
    NEW.joined_at := CASE NEW.status WHEN 'active' THEN now() ELSE OLD.joined_at END;
    RETURN NEW;
  END IF;
  IF NEW.status = 'disqualified' AND OLD.status IN ('active', 'eliminated') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a participant cannot go from % to %', OLD.status, NEW.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'participants_transition';
END $$;
CREATE TRIGGER guard_participants BEFORE UPDATE OF status ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION guard_participant();
CREATE TRIGGER update_competition_participants_updated_at BEFORE UPDATE ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- The one checked join: whoever takes a place holds the competition's row until the commit, so the limit holds however many
-- come at once. It runs AFTER the row is in, since a conflicting insert that does nothing must take no place.
CREATE FUNCTION keep_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  entered competitions%ROWTYPE;
  broken text;
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') AND OLD.status <> 'withdrawn' AND (TG_OP = 'DELETE' OR NEW.status = 'withdrawn') THEN
    UPDATE competitions SET participant_count = participant_count - 1 WHERE id = OLD.competition_id
      RETURNING * INTO entered;
    IF TG_OP = 'UPDATE' AND entered.status NOT IN ('upcoming', 'active') THEN
      RAISE EXCEPTION 'the competition is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'participants_transition';
    END IF;
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' OR NEW.status = 'withdrawn' OR (TG_OP = 'UPDATE' AND OLD.status <> 'withdrawn') THEN
    RETURN NULL;
  END IF;
  SELECT * INTO entered FROM competitions WHERE id = NEW.competition_id FOR NO KEY UPDATE;
  broken := CASE
    WHEN entered.status NOT IN ('upcoming', 'active') OR now() >= entered.ends_at THEN 'participants_entry_is_over'
    WHEN (entered.status = 'active' OR now() >= entered.starts_at) AND entered.rules -> 'lateEntry' IS DISTINCT FROM 'true'
      THEN 'participants_entry_is_over'
    WHEN entered.entry_fee > 0 THEN 'participants_fee_is_unpaid'
    WHEN entered.participant_count >= entered.max_participants THEN 'participants_full'
    WHEN entered.type <> 'team' AND NEW.clan_id IS NOT NULL THEN 'participants_clan_is_for_teams'
    WHEN entered.type = 'team' AND NOT EXISTS (
        SELECT FROM clan_members m WHERE m.clan_id = NEW.clan_id AND m.user_id = NEW.user_id AND m.is_member)
      THEN 'participants_team_is_a_clan_of_theirs'
  END;
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'this competition cannot be joined' USING ERRCODE = 'check_violation', CONSTRAINT = broken;
  END IF;
  UPDATE competitions SET participant_count = participant_count + 1 WHERE id = NEW.competition_id;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_places AFTER INSERT OR UPDATE OF status OR DELETE ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION keep_places();

-- Not rank: beside the public ranks it has holes where somebody is hidden. The view below has the caller's own.
GRANT SELECT (id, competition_id, user_id, clan_id, hidden, score, public_rank, total_pnl, win_rate, sharpe_ratio,
    max_drawdown, trade_count, status, disqualification_reason, joined_at, created_at, updated_at)
  ON competition_participants TO ${slice}_app;
GRANT INSERT (competition_id, user_id, clan_id) ON competition_participants TO ${slice}_app;
GRANT UPDATE (status, disqualification_reason) ON competition_participants TO ${slice}_app, ${slice}_admin;
GRANT SELECT ON competition_participants TO ${slice}_admin;

CREATE POLICY "Participants viewable by all" ON competition_participants FOR SELECT TO ${slice}_app USING (true);
-- Permissive policies are ORed: only a restrictive one takes anything away.
CREATE POLICY "Respect stealth mode" ON competition_participants AS RESTRICTIVE FOR SELECT TO ${slice}_app
  USING (NOT hidden OR user_id = (SELECT auth.uid()));
CREATE POLICY "Users can join competitions" ON competition_participants FOR INSERT TO ${slice}_app
  WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY "Users can withdraw and come back" ON competition_participants FOR UPDATE TO ${slice}_app
  USING (user_id = (SELECT auth.uid()) AND status IN ('active', 'withdrawn'))
  WITH CHECK (user_id = (SELECT auth.uid()) AND status IN ('active', 'withdrawn'));
CREATE POLICY "Creators can disqualify" ON competition_participants FOR UPDATE TO ${slice}_app
  USING (EXISTS (SELECT FROM competitions c WHERE c.id = competition_id AND c.creator_id = (SELECT auth.uid())
    AND c.status IN ('upcoming', 'active')))
  WITH CHECK (status = 'disqualified'
    AND EXISTS (SELECT FROM competitions c WHERE c.id = competition_id AND c.creator_id = (SELECT auth.uid())));
CREATE POLICY "Participants viewable by admins" ON competition_participants FOR SELECT TO ${slice}_admin USING (true);
CREATE POLICY "Admins can disqualify" ON competition_participants FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL) WITH CHECK (status = 'disqualified');

CREATE VIEW own_participations WITH (security_barrier) AS
  SELECT * FROM competition_participants WHERE user_id = auth.uid();
GRANT SELECT ON own_participations TO ${slice}_app;
