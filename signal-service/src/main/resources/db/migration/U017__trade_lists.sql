DROP POLICY "Public journals viewable by all" ON trades;
CREATE POLICY "Public journals viewable by all" ON trades FOR SELECT TO ${slice}_app
  USING (EXISTS (SELECT FROM journals j WHERE j.profile_id = user_id AND j.is_public));
REVOKE SELECT (incarnation) ON journals FROM ${slice}_app;
DROP INDEX idx_trades_strategy;
DROP INDEX idx_trades_open;
