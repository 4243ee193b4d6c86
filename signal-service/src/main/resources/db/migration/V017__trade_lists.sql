-- Migration: V017__trade_lists.sql
-- Description: Indexes for open trades and strategies; a public journal shows only trades of its own incarnation
-- Author: TradoSphere
-- Date: 2026-11-25

CREATE INDEX idx_trades_open ON trades (user_id, opened_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX idx_trades_strategy ON trades (user_id, strategy, opened_at DESC, id DESC) WHERE strategy IS NOT NULL;

-- A later incarnation may make its journal public while trades of an earlier one are still being erased; those stay private. A
-- scalar subquery instead of EXISTS, which could be planned as a hash of all public journals.
GRANT SELECT (incarnation) ON journals TO ${slice}_app;
DROP POLICY "Public journals viewable by all" ON trades;
CREATE POLICY "Public journals viewable by all" ON trades FOR SELECT TO ${slice}_app
  USING ((SELECT j.is_public FROM journals j
    WHERE j.profile_id = trades.user_id AND j.incarnation = trades.incarnation));
