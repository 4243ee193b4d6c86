-- name: follow
WITH requests AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) WITH ORDINALITY
    AS r (follower_id, following_id, traceparent, position)
), pairs AS MATERIALIZED (
  SELECT DISTINCT ON (follower_id, following_id) follower_id, following_id, traceparent FROM requests
  ORDER BY follower_id, following_id, position
), started AS (
  INSERT INTO follows AS existing (follower_id, following_id)
  SELECT follower.id, followed.id
  FROM pairs JOIN profiles follower ON follower.id = follower_id JOIN profiles followed ON followed.id = following_id
  ORDER BY least(follower_id, following_id), greatest(follower_id, following_id), follower_id
  ON CONFLICT (follower_id, following_id) DO UPDATE SET
    follower_incarnation = EXCLUDED.follower_incarnation, following_incarnation = EXCLUDED.following_incarnation
  WHERE (existing.follower_incarnation, existing.following_incarnation)
    IS DISTINCT FROM (EXCLUDED.follower_incarnation, EXCLUDED.following_incarnation)
  RETURNING follower_id, follower_incarnation, following_id, following_incarnation, created_at
), published AS (
${publishStarted}
)
SELECT CASE
  WHEN s.created_at IS NOT NULL THEN 'FOLLOWS'
  WHEN NOT EXISTS (SELECT FROM profiles WHERE id = r.follower_id) THEN 'CALLER_UNKNOWN'
  WHEN NOT EXISTS (SELECT FROM profiles WHERE id = r.following_id) THEN 'OTHER_UNKNOWN'
  WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = r.following_id AND blocked_id = r.follower_id) THEN 'BLOCKED'
  WHEN EXISTS (SELECT FROM blocks WHERE blocker_id = r.follower_id AND blocked_id = r.following_id) THEN 'BLOCKING'
  WHEN EXISTS (SELECT FROM follows f WHERE f.follower_id = r.follower_id AND f.following_id = r.following_id)
    THEN 'FOLLOWS'
  ELSE 'RETRY'
END AS outcome
FROM requests r LEFT JOIN started s USING (follower_id, following_id)
ORDER BY r.position;
