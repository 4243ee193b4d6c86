-- name: fill
WITH pending AS MATERIALIZED (
  SELECT creator.id AS creator_id, f.follower_id
  FROM unnest($1::uuid[]) AS creator(id) CROSS JOIN LATERAL (
    SELECT follower_id FROM follows WHERE following_id = creator.id AND is_following AND merged_until = 'infinity'
    ORDER BY follower_id LIMIT $2
  ) AS f
), latest AS MATERIALIZED (
  SELECT creator.id AS creator_id, s.posted_at, s.id
  FROM (SELECT DISTINCT creator_id FROM pending) AS creator(id) CROSS JOIN LATERAL (
    SELECT posted_at, id FROM signals WHERE creator_id = creator.id AND is_public ORDER BY posted_at DESC, id DESC LIMIT $3 + 1
  ) AS s
), reach AS MATERIALIZED (
  SELECT creator.id AS creator_id,
    (SELECT CASE WHEN count(*) <= $3 THEN '-infinity' ELSE min(posted_at) END
     FROM latest WHERE latest.creator_id = creator.id) AS down_to
  FROM unnest($1::uuid[]) AS creator(id)
), filled AS (
  INSERT INTO timeline (reader_id, posted_at, signal_id, creator_id)
  SELECT pending.follower_id, latest.posted_at, latest.id, latest.creator_id
  FROM pending JOIN latest USING (creator_id) JOIN reach USING (creator_id)
  WHERE latest.posted_at > reach.down_to
  ORDER BY pending.follower_id, latest.posted_at, latest.id
  ON CONFLICT (reader_id, posted_at, signal_id) DO UPDATE SET created_at = EXCLUDED.created_at
)
UPDATE follows f SET merged_until = reach.down_to FROM pending JOIN reach USING (creator_id)
WHERE f.following_id = pending.creator_id AND f.follower_id = pending.follower_id
RETURNING f.following_id AS creator_id;

-- name: clear
WITH readers AS MATERIALIZED (
  SELECT follower_id, merged_until FROM follows WHERE following_id = $1 AND has_leftovers
  ORDER BY follower_id
  LIMIT (SELECT $3::bigint / (count(*) + 20) + 1 FROM (SELECT FROM signals WHERE creator_id = $1 AND is_public LIMIT $3) AS posted)
), leftovers AS MATERIALIZED (
  SELECT t.reader_id, t.posted_at, t.signal_id
  FROM readers JOIN signals s ON s.creator_id = $1 AND s.is_public AND s.posted_at <= readers.merged_until
  JOIN timeline t ON t.reader_id = readers.follower_id AND t.posted_at = s.posted_at AND t.signal_id = s.id
  LIMIT $2
), cleared AS (
  DELETE FROM timeline t USING leftovers
  WHERE t.reader_id = leftovers.reader_id AND t.posted_at = leftovers.posted_at
    AND t.signal_id = leftovers.signal_id
)
UPDATE follows f SET has_leftovers = false FROM readers
WHERE f.following_id = $1 AND f.follower_id = readers.follower_id
  AND (SELECT count(*) FROM leftovers) < $2;
