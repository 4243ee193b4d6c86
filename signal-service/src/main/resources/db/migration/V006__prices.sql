-- Migration: V006__prices.sql
-- Description: The last tick of each symbol, which decides whether the market or the creator resolves a signal
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE last_prices (
  symbol TEXT PRIMARY KEY CHECK (char_length(symbol) BETWEEN 1 AND 32 AND symbol = upper(symbol) AND symbol !~ '\s'),
  price NUMERIC(20, 8) NOT NULL CHECK (price > 0 AND price < 1e12),
  ticked_at TIMESTAMPTZ NOT NULL CHECK (isfinite(ticked_at)),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
CALL auth.guard('last_prices');
CREATE TRIGGER update_last_prices_updated_at BEFORE UPDATE ON last_prices
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON last_prices TO ${slice}_app;
CREATE POLICY "Prices viewable by all" ON last_prices FOR SELECT TO ${slice}_app USING (true);
