-- Migration: V003__scoring.sql
-- Description: Counted trades, stale rankings, and final results with prizes
-- Author: TradoSphere
-- Date: 2026-11-22

-- The source of truth for participants' metrics, one row per competition and trade. A retracted trade keeps its row and
-- sequence.
CREATE TABLE scored_trades (
  competition_id UUID NOT NULL,
  trade_id UUID NOT NULL,
  user_id UUID NOT NULL,
  incarnation BIGINT NOT NULL,
  asset_type TEXT NOT NULL CHECK (asset_type IN ('crypto', 'stocks', 'futures', 'forex')),
  net_pnl NUMERIC(40, 8) NOT NULL CHECK (net_pnl <> 'NaN'),
  opened_at TIMESTAMPTZ NOT NULL,
  closed_at TIMESTAMPTZ NOT NULL,
  reported_at TIMESTAMPTZ NOT NULL,
  is_retracted BOOLEAN NOT NULL DEFAULT false,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (competition_id, trade_id),
  FOREIGN KEY (competition_id, user_id) REFERENCES competition_participants (competition_id, user_id) ON DELETE CASCADE,
  CHECK (closed_at >= opened_at)
);
CALL auth.guard('scored_trades');
CREATE INDEX idx_scored_trades_participant ON scored_trades (competition_id, user_id, closed_at);
CREATE INDEX idx_scored_trades_user ON scored_trades (user_id);
CREATE TRIGGER update_scored_trades_updated_at BEFORE UPDATE ON scored_trades
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Competitions that changed since they were last ranked. The mark is committed, so a crash before ranking loses nothing.
CREATE TABLE rankings (
  competition_id UUID PRIMARY KEY REFERENCES competitions (id) ON DELETE CASCADE,
  stale_since TIMESTAMPTZ,
  ranked_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
CALL auth.guard('rankings');
CREATE TRIGGER update_rankings_updated_at BEFORE UPDATE ON rankings
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- The final results. A row keeps its rank and amount after an erasure, so that prizes still sum to the pool.
CREATE TABLE prizes (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  competition_id UUID NOT NULL REFERENCES competitions (id),
  user_id UUID REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  hidden BOOLEAN NOT NULL DEFAULT false,
  rank INTEGER NOT NULL CHECK (rank > 0),
  score NUMERIC(20, 8) NOT NULL CHECK (score > -1e12 AND score < 1e12),
  amount NUMERIC(14, 2) NOT NULL DEFAULT 0 CHECK (amount >= 0 AND amount < 1e12),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (competition_id, user_id)
);
CALL auth.guard('prizes');
CREATE INDEX idx_prizes_competition ON prizes (competition_id, rank, id);
CREATE INDEX idx_prizes_user ON prizes (user_id);
CREATE TRIGGER update_prizes_updated_at BEFORE UPDATE ON prizes
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
-- Results include hidden participants without their identity. The table itself is granted to no API role.
CREATE VIEW results WITH (security_barrier) AS
  SELECT id, competition_id,
    CASE WHEN NOT hidden OR user_id = auth.uid() THEN user_id END AS user_id,
    hidden, rank, score, amount, created_at
  FROM prizes;
GRANT SELECT ON results TO ${slice}_app;
