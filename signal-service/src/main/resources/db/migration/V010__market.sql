-- Migration: V010__market.sql
-- Description: Signals resolved by market prices, in batches and in order
-- Author: TradoSphere
-- Date: 2026-11-23

-- A tick of the future would stay the last price until then. Five minutes is the tolerance for a price feed's clock.
ALTER TABLE last_prices ADD CONSTRAINT last_prices_not_of_the_future CHECK (ticked_at <= now() + interval '5 minutes');

-- Resolves the given signals that are still active, in the given order. A single UPDATE would not guarantee the order.
-- Creators are locked before signals, both in the order of their ids, as in every transaction that locks both.
CREATE FUNCTION resolve_by_market(signal_ids uuid[], outcomes text[], prices numeric[]) RETURNS SETOF signals
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  level_crossing record;
  resolved signals;
BEGIN
  PERFORM lock_creators(ARRAY(SELECT DISTINCT creator_id FROM signals WHERE id = ANY (signal_ids) AND status = 'active'));
  PERFORM FROM signals WHERE id = ANY (signal_ids) AND status = 'active' ORDER BY id FOR NO KEY UPDATE;
  FOR level_crossing IN
    SELECT * FROM unnest(signal_ids, outcomes, prices) WITH ORDINALITY AS c (id, outcome, price, position) ORDER BY position
  LOOP
    UPDATE signals SET status = level_crossing.outcome, outcome_price = level_crossing.price, outcome_source = 'market'
      WHERE id = level_crossing.id AND status = 'active' RETURNING * INTO resolved;
    IF FOUND THEN
      RETURN NEXT resolved;
    END IF;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION resolve_by_market(uuid[], text[], numeric[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_by_market(uuid[], text[], numeric[]) TO ${slice}_worker;
