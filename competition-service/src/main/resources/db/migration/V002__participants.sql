-- Migration: V002__participants.sql
-- Description: Participants: checked join, withdrawal, disqualification, and stealth mode enforced by row security
-- Author: TradoSphere
-- Date: 2026-11-22

-- Replica of social's compacted topic. An ended membership keeps its row (is_member false) and sequence.
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

-- Replica of profile's settings topic, for the worker only. No API role may read it.
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
  -- NULL once the person is erased after the end: the other ranks remain.
  user_id UUID REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  clan_id UUID,
  hidden BOOLEAN NOT NULL DEFAULT false,
  score NUMERIC(20, 8) NOT NULL DEFAULT 0 CHECK (score > -1e12 AND score < 1e12),
  -- Rank among all, and among the visible participants. The difference would reveal hidden participants.
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
  CONSTRAINT participants_disqualification_has_reason CHECK (
    (status = 'disqualified') = (disqualification_reason IS NOT NULL))
) WITH (fillfactor = 80);
CALL auth.guard('competition_participants');
CREATE INDEX idx_participants_competition ON competition_participants (competition_id, public_rank, id);
CREATE INDEX idx_participants_user ON competition_participants (user_id, joined_at DESC, id DESC);
CREATE INDEX idx_participants_leaderboard ON competition_participants (competition_id, score DESC, id);

-- The server sets these columns on a join. The lock on the stealth row orders a join and a concurrent change of stealth mode.
-- The consumer's upsert waits for the join and then finds the participant.
CREATE FUNCTION stamp_participant() RETURNS trigger
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
CREATE TRIGGER stamp_participants BEFORE INSERT ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION stamp_participant();

-- Checks who may change a participant's status. The worker may make any change. Participants may withdraw and rejoin. The
-- creator (by policy) and admins may disqualify, until the competition is over.
CREATE FUNCTION guard_participant() RETURNS trigger
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.status = OLD.status OR current_user NOT IN ('${slice}_app', '${slice}_admin') THEN
    RETURN NEW;
  END IF;
  IF current_user = '${slice}_app' AND OLD.user_id = auth.uid()
    AND (OLD.status, NEW.status) IN (('active', 'withdrawn'), ('withdrawn', 'active')) THEN
    NEW.joined_at := CASE NEW.status WHEN 'active' THEN now() ELSE OLD.joined_at END;
    RETURN NEW;
  END IF;
  IF NEW.status = 'disqualified' AND OLD.status IN ('active', 'eliminated')
    AND EXISTS (SELECT FROM competitions c WHERE c.id = OLD.competition_id AND c.status IN ('upcoming', 'active')) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a participant cannot change from % to %', OLD.status, NEW.status
    USING ERRCODE = 'check_violation', CONSTRAINT = 'participants_transition';
END $$;
CREATE TRIGGER guard_participants BEFORE UPDATE OF status ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION guard_participant();
CREATE TRIGGER update_competition_participants_updated_at BEFORE UPDATE ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Counts participants and checks every join. The competition's row stays locked until the commit, so concurrent joins cannot
-- exceed the capacity. It runs AFTER the insert, since an insert that hits ON CONFLICT DO NOTHING must not count.
CREATE FUNCTION count_participants() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  competition competitions%ROWTYPE;
  violated text;
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') AND OLD.status <> 'withdrawn' AND (TG_OP = 'DELETE' OR NEW.status = 'withdrawn') THEN
    UPDATE competitions SET participant_count = participant_count - 1 WHERE id = OLD.competition_id
      RETURNING * INTO competition;
    IF TG_OP = 'UPDATE' AND competition.status NOT IN ('upcoming', 'active') THEN
      RAISE EXCEPTION 'the competition is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'participants_transition';
    END IF;
    RETURN NULL;
  END IF;
  -- Ranks and prizes of a completed competition are final. The lock makes this wait for a completion in progress.
  IF TG_OP = 'UPDATE' AND NEW.status = 'disqualified' AND OLD.status <> 'disqualified' THEN
    SELECT * INTO competition FROM competitions WHERE id = NEW.competition_id FOR NO KEY UPDATE;
    IF competition.status NOT IN ('upcoming', 'active') THEN
      RAISE EXCEPTION 'the competition is over' USING ERRCODE = 'check_violation', CONSTRAINT = 'participants_transition';
    END IF;
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' OR NEW.status = 'withdrawn' OR (TG_OP = 'UPDATE' AND OLD.status <> 'withdrawn') THEN
    RETURN NULL;
  END IF;
  SELECT * INTO competition FROM competitions WHERE id = NEW.competition_id FOR NO KEY UPDATE;
  violated := CASE
    WHEN competition.status NOT IN ('upcoming', 'active') OR now() >= competition.ends_at THEN 'participants_entry_closed'
    WHEN (competition.status = 'active' OR now() >= competition.starts_at)
        AND competition.rules -> 'lateEntry' IS DISTINCT FROM 'true'
      THEN 'participants_entry_closed'
    WHEN competition.entry_fee > 0 THEN 'participants_fee_unpaid'
    WHEN competition.participant_count >= competition.max_participants THEN 'participants_full'
    WHEN competition.type <> 'team' AND NEW.clan_id IS NOT NULL THEN 'participants_clan_only_for_teams'
    WHEN competition.type = 'team' AND NOT EXISTS (
        SELECT FROM clan_members m WHERE m.clan_id = NEW.clan_id AND m.user_id = NEW.user_id AND m.is_member)
      THEN 'participants_clan_membership'
  END;
  IF violated IS NOT NULL THEN
    RAISE EXCEPTION 'this competition cannot be joined' USING ERRCODE = 'check_violation', CONSTRAINT = violated;
  END IF;
  UPDATE competitions SET participant_count = participant_count + 1 WHERE id = NEW.competition_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_participants AFTER INSERT OR UPDATE OF status OR DELETE ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION count_participants();

-- rank is not granted: its gaps in the public ranks would reveal hidden participants. The view below shows the caller's own
-- rank.
GRANT SELECT (id, competition_id, user_id, clan_id, hidden, score, public_rank, total_pnl, win_rate, sharpe_ratio,
    max_drawdown, trade_count, status, disqualification_reason, joined_at, created_at, updated_at)
  ON competition_participants TO ${slice}_app;
GRANT INSERT (competition_id, user_id, clan_id) ON competition_participants TO ${slice}_app;
GRANT UPDATE (status, disqualification_reason) ON competition_participants TO ${slice}_app, ${slice}_admin;
GRANT SELECT ON competition_participants TO ${slice}_admin;

CREATE POLICY "Participants viewable by all" ON competition_participants FOR SELECT TO ${slice}_app USING (true);
-- Permissive policies are ORed; only a restrictive policy narrows them.
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
  USING ((SELECT auth.uid()) IS NOT NULL AND EXISTS (
    SELECT FROM competitions c WHERE c.id = competition_id AND c.status IN ('upcoming', 'active')))
  WITH CHECK (status = 'disqualified');

CREATE VIEW own_participations WITH (security_barrier) AS
  SELECT * FROM competition_participants WHERE user_id = auth.uid();
GRANT SELECT ON own_participations TO ${slice}_app;
