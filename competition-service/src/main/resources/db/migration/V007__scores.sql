-- Migration: V007__scores.sql
-- Description: The join time of a participation is ordered with the trade consumer; index of stale rankings
-- Author: TradoSphere
-- Date: 2026-11-25

-- Only a trade closed after the join counts. The join time is taken under a lock that the trade consumer also takes: the
-- profile's row, and the participant's row on a rejoin. The consumer therefore either sees the participation or has finished
-- before it started. A rejoin resets the metrics: earlier trades no longer count.
CREATE FUNCTION start_participation() RETURNS trigger
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
REVOKE ALL ON FUNCTION start_participation() FROM PUBLIC;
-- Triggers run in name order: this one follows guard_participants and stamp_participants.
CREATE TRIGGER start_participations BEFORE INSERT OR UPDATE OF status ON competition_participants
  FOR EACH ROW EXECUTE FUNCTION start_participation();

CREATE INDEX idx_rankings_stale ON rankings (stale_since) WHERE stale_since IS NOT NULL;
