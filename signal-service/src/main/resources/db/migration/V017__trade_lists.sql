-- Migration: V017__trade_lists.sql
-- Description: Open trades and those of a strategy are found at once; a public journal shows the trades of its own life only
-- Author: TradoSphere
-- Date: 2026-11-25

CREATE INDEX idx_trades_open ON trades (user_id, opened_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX idx_trades_strategy ON trades (user_id, strategy, opened_at DESC, id DESC) WHERE strategy IS NOT NULL;

-- Somebody who has gone and come back opens the journal of their new life; what is still to be erased of the old one stays shut.
-- One value asked for row by row, not EXISTS: that could be planned as a hash of all public journals, for a page of twenty trades.
GRANT SELECT (incarnation) ON journals TO ${slice}_app;
DROP POLICY "Public journals viewable by all" ON trades;
CREATE POLICY "Public journals viewable by all" ON trades FOR SELECT TO ${slice}_app
  USING ((SELECT j.is_public FROM journals j
    WHERE j.profile_id = trades.user_id AND j.incarnation = trades.incarnation));
