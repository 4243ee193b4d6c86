-- name: count
WITH present AS MATERIALIZED (
  SELECT id, incarnation FROM profiles WHERE id = ANY($1::uuid[] || $2::uuid[]) ORDER BY id FOR KEY SHARE
), events AS (
  SELECT event.*,
         (event.:one_id, event.:one_incarnation) IN (SELECT id, incarnation FROM present)
         AND (event.:other_id, event.:other_incarnation) IN (SELECT id, incarnation FROM present)
           AS both_exist
  FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::boolean[], $6::bigint[])
    AS event(:one_id, :other_id, :one_incarnation, :other_incarnation, active, sequence)
), upserted AS (
  INSERT INTO :table AS known
    (:one_id, :other_id, :one_incarnation, :other_incarnation, active, sequence)
  SELECT :one_id, :other_id, :one_incarnation, :other_incarnation, active, sequence
  FROM events WHERE both_exist ORDER BY :one_id, :other_id
  ON CONFLICT (:one_id, :other_id) DO UPDATE SET
    :one_incarnation = EXCLUDED.:one_incarnation, :other_incarnation = EXCLUDED.:other_incarnation,
    active = EXCLUDED.active, sequence = EXCLUDED.sequence, updated_at = now()
  WHERE known.sequence < EXCLUDED.sequence
  RETURNING new.:other_id, new.:other_incarnation,
    new.active::int - coalesce(old.active AND old.:other_incarnation = new.:other_incarnation, false)::int AS delta
), ended AS (
  UPDATE :table known SET
    :one_incarnation = events.:one_incarnation, :other_incarnation = events.:other_incarnation,
    active = false, sequence = events.sequence, updated_at = now()
  FROM events
  WHERE NOT events.both_exist AND known.:one_id = events.:one_id AND known.:other_id = events.:other_id
    AND known.sequence < events.sequence
  RETURNING new.:other_id, new.:other_incarnation,
    - (old.active AND old.:other_incarnation = new.:other_incarnation)::int AS delta
), deltas AS (
  SELECT :other_id, :other_incarnation, sum(delta) AS delta
  FROM (SELECT * FROM upserted UNION ALL SELECT * FROM ended) AS changes GROUP BY 1, 2 HAVING sum(delta) <> 0
), locked AS MATERIALIZED (
  SELECT s.profile_id, deltas.delta
  FROM profile_stats s JOIN deltas ON s.profile_id = deltas.:other_id AND s.incarnation = deltas.:other_incarnation
  ORDER BY s.profile_id FOR UPDATE OF s
)
UPDATE profile_stats s SET :counter = s.:counter + locked.delta, updated_at = now()
FROM locked WHERE s.profile_id = locked.profile_id
RETURNING s.profile_id;

-- name: erase
WITH deleted AS (
  DELETE FROM :table e USING (
    (SELECT :one_id, :other_id FROM :table
     WHERE :one_id = $1 AND :one_incarnation <= $2 LIMIT $3)
    UNION
    (SELECT :one_id, :other_id FROM :table
     WHERE :other_id = $1 AND :other_incarnation <= $2 LIMIT $3)
  ) AS batch
  WHERE e.:one_id = batch.:one_id AND e.:other_id = batch.:other_id
  RETURNING e.:one_id, e.:other_id, e.:other_incarnation, e.active
), locked AS MATERIALIZED (
  SELECT s.profile_id FROM profile_stats s JOIN deleted
    ON s.profile_id = deleted.:other_id AND s.incarnation = deleted.:other_incarnation
  WHERE deleted.:one_id = $1 AND deleted.active
  ORDER BY s.profile_id FOR UPDATE OF s
), uncounted AS (
  UPDATE profile_stats s SET :counter = s.:counter - 1, updated_at = now()
  FROM locked WHERE s.profile_id = locked.profile_id
  RETURNING s.profile_id
), ranked AS (
  INSERT INTO ranking_due (profile_id) SELECT profile_id FROM uncounted WHERE :is_ranked ORDER BY profile_id
  ON CONFLICT (profile_id) DO UPDATE SET updated_at = now()
)
SELECT count(*) AS deleted FROM deleted;
