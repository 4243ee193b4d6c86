-- name: react
WITH requests AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) WITH ORDINALITY
    AS a (signal_id, user_id, reaction_type, cause, position)
), latest AS MATERIALIZED (
  SELECT DISTINCT ON (signal_id, user_id) signal_id, user_id, reaction_type, cause FROM requests
  ORDER BY signal_id, user_id, position DESC
), changed AS (
  INSERT INTO signal_engagement AS existing (signal_id, user_id, reaction_type)
  SELECT s.id, p.id, w.reaction_type FROM latest w,
${permitted}
  ORDER BY s.id, p.id
  ON CONFLICT (signal_id, user_id) DO UPDATE SET reaction_type = EXCLUDED.reaction_type
  WHERE existing.reaction_type <> EXCLUDED.reaction_type
    OR existing.created_at < (SELECT to_timestamp(incarnation / 1e6) FROM profiles WHERE id = existing.user_id)
  RETURNING new.signal_id, new.user_id, new.reaction_type, old.reaction_type AS previous
), events AS (
  SELECT c.*, s.creator_id, s.incarnation AS creator_incarnation, s.is_public, p.incarnation, w.cause
  FROM changed c JOIN latest w USING (signal_id, user_id)
  JOIN signals s ON s.id = c.signal_id JOIN profiles p ON p.id = c.user_id
), published AS (
${publish}
)
SELECT CASE WHEN c.signal_id IS NOT NULL THEN 'REACTED'
${refusals}
  WHEN EXISTS (SELECT FROM signal_engagement e
               WHERE e.signal_id = a.signal_id AND e.user_id = a.user_id AND e.reaction_type = a.reaction_type)
    THEN 'REACTED'
  ELSE 'OVERTAKEN'
END AS outcome
FROM requests a LEFT JOIN changed c USING (signal_id, user_id)
ORDER BY a.position;
