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

-- Whether the market resolves this signal: it has a level that a tick can cross, and a tick of its symbol is no older than 15
-- minutes. A signal without levels takes its creator's word.
CREATE FUNCTION market_resolves(signal signals) RETURNS boolean
LANGUAGE sql STABLE SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT (signal.target_price IS NOT NULL OR signal.stop_loss IS NOT NULL) AND EXISTS (
    SELECT FROM last_prices WHERE symbol = signal.asset_symbol AND ticked_at > now() - interval '15 minutes')
$$;
REVOKE EXECUTE ON FUNCTION market_resolves(signals) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION market_resolves(signals) TO ${slice}_app;
