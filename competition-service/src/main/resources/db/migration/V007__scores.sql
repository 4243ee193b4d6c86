-- Migration: V007__scores.sql
-- Description: A part in a competition begins at a moment that trades under way can be held against; which rankings are due
-- Author: TradoSphere
-- Date: 2026-11-25

-- Only a trade closed after its trader joined counts. The moment is taken under a lock that the consumer of that trader's trades
-- takes too (the person's row, and on coming back the participant's own): either the consumer sees this part in the competition,
-- or it was done before it began. Whoever comes back begins anew: what was closed before counts no more.
CREATE FUNCTION begin_participation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM FROM profiles WHERE id = NEW.user_id FOR SHARE;
    IF NEW.joined_at = now() THEN
      NEW.joined_at := clock_timestamp();
    END IF;
  ELSIF OLD.status = 'withdrawn' AND NEW.status = 'active' THEN
    NEW.joined_at := clock_timestamp();
    NEW.total_pnl := 0;
    NEW.win_rate := 0;
    NEW.sharpe_ratio := NULL;
    NEW.max_drawdown := NULL;
    NEW.trade_count := 0;
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION begin_participation() FROM PUBLIC;
-- By its name it runs after guard_participants and stamp_participants.
CREATE TRIGGER take_time_of_participants BEFORE INSERT OR UPDATE OF status ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION begin_participation();

CREATE INDEX idx_rankings_stale ON rankings (stale_since) WHERE stale_since IS NOT NULL;
