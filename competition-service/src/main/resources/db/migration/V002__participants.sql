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

-- Why this person may not take that many places, as the name of a constraint; NULL when they may. The competition is as its
-- caller has locked it.
CREATE FUNCTION entry_violation(competition competitions, participant uuid, clan uuid, places bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN competition.status NOT IN ('upcoming', 'active') OR now() >= competition.ends_at THEN 'participants_entry_closed'
    WHEN (competition.status = 'active' OR now() >= competition.starts_at)
        AND competition.rules -> 'lateEntry' IS DISTINCT FROM 'true'
      THEN 'participants_entry_closed'
    WHEN competition.entry_fee > 0 THEN 'participants_fee_unpaid'
    WHEN competition.participant_count + places > competition.max_participants THEN 'participants_full'
    WHEN competition.type <> 'team' AND clan IS NOT NULL THEN 'participants_clan_only_for_teams'
    WHEN competition.type = 'team' AND NOT EXISTS (
        SELECT FROM clan_members m WHERE m.clan_id = clan AND m.user_id = participant AND m.is_member)
      THEN 'participants_clan_membership'
  END;
END $$;

-- Counts and checks the joins of one statement, each competition once. The competitions' rows stay locked until the commit, so
-- concurrent joins cannot exceed the capacity. They are locked in one order, so two statements cannot wait for each other in a
-- circle. It runs AFTER the insert, since an insert that hits ON CONFLICT DO NOTHING must not count.
CREATE FUNCTION count_joins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  violated text;
BEGIN
  PERFORM FROM competitions WHERE id IN (SELECT competition_id FROM joined) ORDER BY id FOR NO KEY UPDATE;
  SELECT v.violation INTO violated
  FROM (SELECT j.*, count(*) OVER (PARTITION BY j.competition_id) AS places FROM joined j) j
  JOIN competitions c ON c.id = j.competition_id
  CROSS JOIN LATERAL entry_violation(c, j.user_id, j.clan_id, j.places) AS v (violation)
  WHERE v.violation IS NOT NULL LIMIT 1;
  IF violated IS NOT NULL THEN
    RAISE EXCEPTION 'this competition cannot be joined' USING ERRCODE = 'check_violation', CONSTRAINT = violated;
  END IF;
  UPDATE competitions c SET participant_count = c.participant_count + j.places
  FROM (SELECT competition_id, count(*) AS places FROM joined GROUP BY competition_id) j WHERE c.id = j.competition_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_joins AFTER INSERT ON competition_participants
  REFERENCING NEW TABLE AS joined FOR EACH STATEMENT EXECUTE FUNCTION count_joins();

-- Counts who comes back, withdraws, is disqualified or is deleted, one by one, under the same lock.
CREATE FUNCTION count_participants() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  competition competitions%ROWTYPE;
  violated text;
BEGIN
  IF OLD.status <> 'withdrawn' AND (TG_OP = 'DELETE' OR NEW.status = 'withdrawn') THEN
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
  IF TG_OP = 'DELETE' OR NEW.status = 'withdrawn' OR OLD.status <> 'withdrawn' THEN
    RETURN NULL;
  END IF;
  SELECT * INTO competition FROM competitions WHERE id = NEW.competition_id FOR NO KEY UPDATE;
  violated := entry_violation(competition, NEW.user_id, NEW.clan_id, 1);
  IF violated IS NOT NULL THEN
    RAISE EXCEPTION 'this competition cannot be joined' USING ERRCODE = 'check_violation', CONSTRAINT = violated;
  END IF;
  UPDATE competitions SET participant_count = participant_count + 1 WHERE id = NEW.competition_id;
  RETURN NULL;
END $$;
CREATE TRIGGER count_participants AFTER UPDATE OF status OR DELETE ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION count_participants();

-- Decides the requests of callers of this transaction to join competitions, by counting the places of each competition for all of
-- them. The outcome is JOINS, or why not: UNKNOWN (no such competition, or no profile), CLAN_REQUIRED, CLAN_UNEXPECTED,
-- TAKES_PART (a participation exists, or the same caller asks twice), or the name of a violated constraint.
--
-- It locks what a join locks, each kind in the order of keys: the stealth row, the profile, the competition. Each lock stays until
-- the transaction ends, so what is decided here still holds when the participants are inserted. Each statement sees what was
-- committed while the one before it waited.
CREATE FUNCTION decide_joins(competition_ids uuid[], user_ids uuid[], clan_ids uuid[])
RETURNS TABLE (place bigint, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  callers uuid[] := auth.callers();
BEGIN
  -- The update is of a former incarnation's row. A row that it passes over is locked all the same.
  INSERT INTO stealth AS known (profile_id, hidden, incarnation, sequence)
    SELECT id, false, incarnation, 0 FROM profiles WHERE id = ANY (user_ids) AND id = ANY (callers) ORDER BY id
    ON CONFLICT (profile_id) DO UPDATE SET hidden = false, incarnation = EXCLUDED.incarnation
    WHERE known.incarnation < EXCLUDED.incarnation;
  PERFORM FROM profiles WHERE id = ANY (user_ids) AND id = ANY (callers) ORDER BY id FOR SHARE;
  PERFORM FROM competitions WHERE id = ANY (competition_ids) ORDER BY id FOR NO KEY UPDATE;
  RETURN QUERY
    WITH requests AS (
      SELECT r.*, row_number() OVER (PARTITION BY r.competition_id, r.user_id ORDER BY r.position) AS attempt
      FROM unnest(competition_ids, user_ids, clan_ids) WITH ORDINALITY AS r (competition_id, user_id, clan_id, position)
    ), judged AS (
      SELECT r.position, c.id AS competition_id, c.participant_count, c.max_participants,
        CASE
          WHEN c.id IS NULL OR p.id IS NULL THEN 'UNKNOWN'
          WHEN c.type = 'team' AND r.clan_id IS NULL THEN 'CLAN_REQUIRED'
          WHEN c.type <> 'team' AND r.clan_id IS NOT NULL THEN 'CLAN_UNEXPECTED'
          WHEN r.attempt > 1 OR EXISTS (
              SELECT FROM competition_participants t WHERE t.competition_id = r.competition_id AND t.user_id = r.user_id)
            THEN 'TAKES_PART'
          ELSE entry_violation(c, r.user_id, r.clan_id, 1)
        END AS refusal
      FROM requests r
      LEFT JOIN competitions c ON c.id = r.competition_id
      LEFT JOIN profiles p ON p.id = r.user_id AND p.id = ANY (callers)
    )
    SELECT j.position, coalesce(j.refusal, CASE
      WHEN j.participant_count + row_number() OVER (PARTITION BY j.competition_id, j.refusal IS NULL ORDER BY j.position)
          > j.max_participants
        THEN 'participants_full'
      ELSE 'JOINS'
    END)
    FROM judged j;
END $$;
GRANT EXECUTE ON FUNCTION decide_joins(uuid[], uuid[], uuid[]) TO ${slice}_app;

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
  USING (NOT hidden OR user_id = ANY ((SELECT auth.callers())::uuid[]));
CREATE POLICY "Users can join competitions" ON competition_participants FOR INSERT TO ${slice}_app
  WITH CHECK (user_id = ANY ((SELECT auth.callers())::uuid[]));
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

-- Joins of several callers are written in one transaction.
ALTER POLICY "A change announces itself" ON outbox WITH CHECK (cardinality((SELECT auth.callers())) > 0);

CREATE VIEW own_participations WITH (security_barrier) AS
  SELECT * FROM competition_participants WHERE user_id = auth.uid();
GRANT SELECT ON own_participations TO ${slice}_app;
