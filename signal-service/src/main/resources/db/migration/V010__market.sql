-- Migration: V010__market.sql
-- Description: Signals resolved by the market, many at a time and in their order
-- Author: TradoSphere
-- Date: 2026-11-23

-- A tick of the future would be the last price until then. Five minutes: what a feed's clock may be ahead of ours.
ALTER TABLE last_prices ADD CONSTRAINT last_prices_not_of_the_future CHECK (ticked_at <= now() + interval '5 minutes');

-- Resolves those of the signals that are still active, in the order given, which becomes the order of their resolution: a single
-- UPDATE promises none. Creators are locked first and then the signals, both in the order of their ids, as everybody does.
CREATE FUNCTION resolve_by_market(signal_ids uuid[], outcomes text[], prices numeric[]) RETURNS SETOF signals
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  crossing record;
  resolved signals;
BEGIN
  PERFORM lock_creators(ARRAY(SELECT DISTINCT creator_id FROM signals WHERE id = ANY (signal_ids) AND status = 'active'));
  PERFORM FROM signals WHERE id = ANY (signal_ids) AND status = 'active' ORDER BY id FOR NO KEY UPDATE;
  FOR crossing IN
    SELECT * FROM unnest(signal_ids, outcomes, prices) WITH ORDINALITY AS c (id, outcome, price, position) ORDER BY position
  LOOP
    UPDATE signals SET status = crossing.outcome, outcome_price = crossing.price, outcome_source = 'market'
      WHERE id = crossing.id AND status = 'active' RETURNING * INTO resolved;
    IF FOUND THEN
      RETURN NEXT resolved;
    END IF;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION resolve_by_market(uuid[], text[], numeric[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resolve_by_market(uuid[], text[], numeric[]) TO ${slice}_worker;
