-- name: find
WITH ticks AS MATERIALIZED (
  SELECT t.symbol, t.price::numeric AS price, t.at::timestamptz AS at, t.position
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS t(symbol, price, at, position)
), ranges AS MATERIALIZED (
  SELECT symbol, min(price) AS low, max(price) AS high FROM ticks GROUP BY symbol
), within_reach AS (
  SELECT s.creator_id, s.id FROM ranges r JOIN signals s ON s.asset_symbol = r.symbol AND s.direction = 'LONG'
    AND s.target_price <= r.high WHERE s.status = 'active' AND s.target_price IS NOT NULL AND s.creator_id > $4
  UNION
  SELECT s.creator_id, s.id FROM ranges r JOIN signals s ON s.asset_symbol = r.symbol AND s.direction = 'LONG'
    AND s.stop_loss >= r.low WHERE s.status = 'active' AND s.stop_loss IS NOT NULL AND s.creator_id > $4
  UNION
  SELECT s.creator_id, s.id FROM ranges r JOIN signals s ON s.asset_symbol = r.symbol AND s.direction = 'SHORT'
    AND s.target_price >= r.low WHERE s.status = 'active' AND s.target_price IS NOT NULL AND s.creator_id > $4
  UNION
  SELECT s.creator_id, s.id FROM ranges r JOIN signals s ON s.asset_symbol = r.symbol AND s.direction = 'SHORT'
    AND s.stop_loss <= r.high WHERE s.status = 'active' AND s.stop_loss IS NOT NULL AND s.creator_id > $4
), candidates AS MATERIALIZED (
  SELECT creator_id, id FROM within_reach ORDER BY creator_id FETCH FIRST $5 ROWS WITH TIES
)
SELECT c.creator_id, s.id, crossed.outcome, crossed.price::text AS price
FROM candidates c JOIN signals s ON s.id = c.id LEFT JOIN LATERAL (
  SELECT t.position, t.price, CASE WHEN missed THEN 'miss' ELSE 'hit' END AS outcome
  FROM ticks t
    CROSS JOIN LATERAL (SELECT
      coalesce(price_gain(s.direction, s.stop_loss, t.price) <= 0, false),
      coalesce(price_gain(s.direction, s.target_price, t.price) >= 0, false)
    ) AS levels (missed, reached)
  WHERE t.symbol = s.asset_symbol AND t.at >= s.posted_at AND (missed OR reached)
  ORDER BY t.position LIMIT 1
) AS crossed ON true
ORDER BY c.creator_id, crossed.position, s.posted_at, s.id;
