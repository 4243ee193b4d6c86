-- name: enter
WITH entered AS (
  INSERT INTO trades (id, user_id, asset, asset_type, direction, entry_price, exit_price, stop_loss, take_profit,
    size, leverage, fees, notes, tags, strategy, broker_name, broker_trade_id, opened_at, closed_at,
    broker_pnl, import_id)
  SELECT e.id, $1, e.asset, e.asset_type, e.direction, e.entry_price::numeric, e.exit_price::numeric,
    e.stop_loss::numeric, e.take_profit::numeric, e.size::numeric, e.leverage::numeric, e.fees::numeric, e.notes,
    string_to_array(e.tags, E'\n'), e.strategy, e.broker_name, e.broker_trade_id,
    e.opened_at::timestamptz, e.closed_at::timestamptz, e.broker_pnl::numeric, $21
  FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[],
      $18::text[], $19::text[], $20::text[])
    WITH ORDINALITY AS e(id, asset, asset_type, direction, entry_price, exit_price, stop_loss, take_profit, size,
      leverage, fees, notes, tags, strategy, broker_name, broker_trade_id, opened_at, closed_at,
      broker_pnl, position)
  ORDER BY e.position
  ON CONFLICT (user_id, lower(broker_name), broker_trade_id) WHERE broker_trade_id IS NOT NULL DO NOTHING
  RETURNING *
)
SELECT ${columns} FROM entered t;
