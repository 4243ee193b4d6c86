-- Migration: V003__trades.sql
-- Description: The private trade journal, made public only by its owner; profit and loss computed by the database
-- Author: TradoSphere
-- Date: 2026-11-22

-- A replica of whose journal is public, from the settings topic of profile-service. A row of a private journal stays, for its
-- sequence.
CREATE TABLE journals (
  profile_id UUID PRIMARY KEY,
  is_public BOOLEAN NOT NULL,
  incarnation BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('journals');
CREATE TRIGGER update_journals_updated_at BEFORE UPDATE ON journals
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT (profile_id, is_public) ON journals TO ${slice}_app;
CREATE POLICY "Public journals are known to all" ON journals FOR SELECT TO ${slice}_app
  USING (is_public OR profile_id = (SELECT auth.uid()));

-- Profit or loss before fees, exact: what the broker states, or else what the prices give; null while open.
CREATE FUNCTION trade_pnl(broker_pnl numeric, direction text, entry_price numeric, exit_price numeric, size numeric)
RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(broker_pnl, price_gain(direction, entry_price, exit_price) * size);
GRANT EXECUTE ON FUNCTION trade_pnl(numeric, text, numeric, numeric, numeric)
  TO ${slice}_app, ${slice}_admin, ${slice}_worker;

-- An import of a file, which can be taken back as a whole.
CREATE TABLE trade_imports (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  user_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL DEFAULT caller_incarnation(),
  format TEXT NOT NULL CHECK (char_length(format) BETWEEN 1 AND 100),
  accepted INT NOT NULL CHECK (accepted > 0),
  skipped INT NOT NULL CHECK (skipped >= 0),
  rejected INT NOT NULL CHECK (rejected >= 0),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('trade_imports');
CREATE INDEX idx_trade_imports_user ON trade_imports (user_id, id DESC);
CREATE TRIGGER update_trade_imports_updated_at BEFORE UPDATE ON trade_imports
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, DELETE ON trade_imports TO ${slice}_app;
GRANT INSERT (id, user_id, format, accepted, skipped, rejected) ON trade_imports TO ${slice}_app;
CREATE POLICY "Users can manage own imports" ON trade_imports FOR ALL TO ${slice}_app
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

-- Which column of a user's own files is what: a field of a trade is taken from a column, or has one value in all lines.
CREATE TABLE trade_mappings (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  user_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL DEFAULT caller_incarnation(),
  name TEXT NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  fields TEXT[] NOT NULL CHECK (cardinality(fields) BETWEEN 1 AND 18 AND array_position(fields, NULL) IS NULL),
  titles TEXT[] NOT NULL CHECK (cardinality(titles) = cardinality(fields)),
  constants TEXT[] NOT NULL CHECK (cardinality(constants) = cardinality(fields)),
  decimal_mark TEXT CHECK (decimal_mark IN ('dot', 'comma')),
  date_order TEXT CHECK (date_order IN ('day-first', 'month-first')),
  negative_fees BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (user_id, name)
);
CALL auth.guard('trade_mappings');
CREATE INDEX idx_trade_mappings_user ON trade_mappings (user_id, id DESC);
CREATE TRIGGER update_trade_mappings_updated_at BEFORE UPDATE ON trade_mappings
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, DELETE ON trade_mappings TO ${slice}_app;
GRANT INSERT (user_id, name, fields, titles, constants, decimal_mark, date_order, negative_fees)
  ON trade_mappings TO ${slice}_app;
GRANT UPDATE (fields, titles, constants, decimal_mark, date_order, negative_fees) ON trade_mappings TO ${slice}_app;
CREATE POLICY "Users can manage own mappings" ON trade_mappings FOR ALL TO ${slice}_app
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

CREATE TABLE trades (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  -- No cascade: every deleted trade is published as an event, so erasure deletes it explicitly.
  user_id UUID NOT NULL REFERENCES profiles (id),
  incarnation BIGINT NOT NULL DEFAULT caller_incarnation(),
  asset TEXT NOT NULL CHECK (char_length(asset) BETWEEN 1 AND 32 AND asset = upper(asset) AND asset !~ '\s'),
  asset_type TEXT NOT NULL CHECK (asset_type IN ('crypto', 'stocks', 'futures', 'forex')),
  direction TEXT NOT NULL CHECK (direction IN ('LONG', 'SHORT')),
  entry_price NUMERIC(20, 8) NOT NULL CHECK (entry_price > 0 AND entry_price < 1e12),
  -- An expired option or a dead token ends at 0.
  exit_price NUMERIC(20, 8) CHECK (exit_price >= 0 AND exit_price < 1e12),
  stop_loss NUMERIC(20, 8) CHECK (stop_loss > 0 AND stop_loss < 1e12),
  take_profit NUMERIC(20, 8) CHECK (take_profit > 0 AND take_profit < 1e12),
  size NUMERIC(20, 8) NOT NULL CHECK (size > 0 AND size < 1e12),
  leverage NUMERIC(9, 2) NOT NULL DEFAULT 1 CHECK (leverage > 0 AND leverage <= 10000),
  -- Negative fees are rebates.
  fees NUMERIC(20, 8) NOT NULL DEFAULT 0 CHECK (fees > -1e12 AND fees < 1e12),
  -- What the broker of an imported trade states, where the shown prices give another profit or loss. Any change of the
  -- prices, the direction or the size removes it.
  broker_pnl NUMERIC(20, 8) CHECK (broker_pnl > -1e12 AND broker_pnl < 1e12),
  pnl NUMERIC(40, 8) GENERATED ALWAYS AS (
    trade_pnl(broker_pnl, direction, entry_price, exit_price, size)) STORED,
  net_pnl NUMERIC(40, 8) GENERATED ALWAYS AS (
    trade_pnl(broker_pnl, direction, entry_price, exit_price, size) - fees) STORED,
  -- Per unit of margin (entry × size ÷ leverage), in which the size cancels out without a broker's result. An entry price or
  -- a size of 0 must fail its CHECK, not a division by zero.
  pnl_percentage NUMERIC(40, 4) GENERATED ALWAYS AS (
    coalesce(broker_pnl / nullif(size, 0), price_gain(direction, entry_price, exit_price))
      * leverage * 100 / nullif(entry_price, 0)) STORED,
  notes TEXT CHECK (char_length(notes) <= 10000),
  tags TEXT[] NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 20 AND array_position(tags, NULL) IS NULL
    AND char_length(array_to_string(tags, '')) <= 1000),
  strategy TEXT CHECK (char_length(strategy) <= 100),
  broker_name TEXT CHECK (char_length(broker_name) BETWEEN 1 AND 100),
  broker_trade_id TEXT CHECK (char_length(broker_trade_id) BETWEEN 1 AND 200),
  -- The import's row is written after its trades, when they are counted.
  import_id UUID REFERENCES trade_imports (id) DEFERRABLE INITIALLY DEFERRED,
  opened_at TIMESTAMPTZ NOT NULL CHECK (isfinite(opened_at)),
  closed_at TIMESTAMPTZ CHECK (isfinite(closed_at)),
  -- When this service received the closing, by its own clock; competitions use it.
  close_reported_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT trades_closed_with_a_price CHECK ((exit_price IS NULL) = (closed_at IS NULL)),
  CONSTRAINT trades_broker_pnl_of_a_closed_one CHECK (broker_pnl IS NULL OR exit_price IS NOT NULL),
  CONSTRAINT trades_closed_after_opened CHECK (closed_at >= opened_at),
  CONSTRAINT trades_broker_id_names_its_broker CHECK (broker_trade_id IS NULL OR broker_name IS NOT NULL)
);
CALL auth.guard('trades');
CREATE INDEX idx_trades_user ON trades (user_id, opened_at DESC, id DESC);
CREATE INDEX idx_trades_asset ON trades (asset, user_id, opened_at DESC, id DESC);
CREATE INDEX idx_trades_opened_at ON trades (opened_at DESC, id DESC);
CREATE INDEX idx_trades_closed ON trades (user_id, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX idx_trades_import ON trades (import_id);
CREATE UNIQUE INDEX uq_trades_broker ON trades (user_id, lower(broker_name), broker_trade_id)
  WHERE broker_trade_id IS NOT NULL;

CREATE FUNCTION stamp_trade() RETURNS trigger
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.closed_at IS NULL THEN
    NEW.close_reported_at := NULL;
  ELSIF TG_OP = 'INSERT' THEN
    NEW.close_reported_at := clock_timestamp();
  ELSIF NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
    NEW.close_reported_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stamp_trades BEFORE INSERT OR UPDATE ON trades
  FOR EACH ROW EXECUTE FUNCTION stamp_trade();
CREATE TRIGGER update_trades_updated_at BEFORE UPDATE ON trades
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_trades BEFORE INSERT OR UPDATE ON trades
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

GRANT SELECT, DELETE ON trades TO ${slice}_app;
GRANT INSERT (id, user_id, asset, asset_type, direction, entry_price, exit_price, stop_loss, take_profit, size, leverage,
    fees, broker_pnl, notes, tags, strategy, broker_name, broker_trade_id, import_id, opened_at, closed_at)
  ON trades TO ${slice}_app;
GRANT UPDATE (asset, asset_type, direction, entry_price, exit_price, stop_loss, take_profit, size, leverage,
    fees, broker_pnl, notes, tags, strategy, broker_name, broker_trade_id, opened_at, closed_at)
  ON trades TO ${slice}_app;
CREATE POLICY "Users can view own trades" ON trades FOR SELECT TO ${slice}_app
  USING (user_id = (SELECT auth.uid()));
-- Five minutes is the tolerance for a client's clock that is ahead of ours.
CREATE POLICY "Users can manage own trades" ON trades FOR ALL TO ${slice}_app
  USING (user_id = (SELECT auth.uid()))
  WITH CHECK (user_id = (SELECT auth.uid())
    AND opened_at <= now() + interval '5 minutes'
    AND (closed_at IS NULL OR closed_at <= now() + interval '5 minutes'));
CREATE POLICY "Public journals viewable by all" ON trades FOR SELECT TO ${slice}_app
  USING (EXISTS (SELECT FROM journals j WHERE j.profile_id = user_id AND j.is_public));
