-- name: apply
WITH events AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::boolean[], $6::bigint[]:stated_parameter)
    AS event (one, other, one_incarnation, other_incarnation, active, sequence:stated)
), known AS MATERIALIZED (
  SELECT id, incarnation FROM profiles WHERE id IN (SELECT one FROM events UNION SELECT other FROM events)
  ORDER BY id FOR KEY SHARE
), ended AS (
  SELECT named.id, named.incarnation
  FROM (SELECT one, one_incarnation FROM events UNION SELECT other, other_incarnation FROM events)
    AS named (id, incarnation)
  WHERE EXISTS (SELECT FROM known WHERE known.id = named.id AND known.incarnation > named.incarnation)
    OR EXISTS (SELECT FROM erased_profiles WHERE erased_profiles.pseudonym = auth.pseudonym(named.id)
      AND erased_profiles.incarnation >= named.incarnation)
), incarnations AS (
  SELECT events.*, (one, one_incarnation) IN (SELECT id, incarnation FROM ended)
    OR (other, other_incarnation) IN (SELECT id, incarnation FROM ended) AS is_ended
  FROM events
), upserted AS (
  INSERT INTO :table AS existing (:one_id, :other_id, :active, :one_incarnation, :other_incarnation, sequence:stated)
  SELECT one, other, active, one_incarnation, other_incarnation, sequence:stated FROM incarnations
  WHERE NOT is_ended ORDER BY one, other
  ON CONFLICT (:one_id, :other_id) DO UPDATE SET
    :active = EXCLUDED.:active, :one_incarnation = EXCLUDED.:one_incarnation,
    :other_incarnation = EXCLUDED.:other_incarnation, sequence = EXCLUDED.sequence :stated_change :on_change
  WHERE existing.sequence < EXCLUDED.sequence
  RETURNING new.:other_id AS other, new.:active::int - coalesce(old.:active, false)::int AS by
), past_incarnations AS (
  UPDATE :table existing SET
    :active = false, :one_incarnation = incarnations.one_incarnation,
    :other_incarnation = incarnations.other_incarnation, sequence = incarnations.sequence :on_end
  FROM incarnations
  WHERE incarnations.is_ended AND existing.:one_id = incarnations.one AND existing.:other_id = incarnations.other
    AND existing.sequence < incarnations.sequence
  RETURNING new.:other_id AS other, - old.:active::int AS by
), changes AS (
  SELECT * FROM upserted UNION ALL SELECT * FROM past_incarnations
)
:counting;
