-- name: suggest
WITH followed AS MATERIALIZED (
  SELECT following_id AS id FROM follows WHERE follower_id = $1
  ORDER BY created_at DESC, following_id DESC LIMIT $2
), excluded AS MATERIALIZED (
  SELECT following_id AS id FROM follows WHERE follower_id = $1
  UNION ALL SELECT blocked_id FROM blocks WHERE blocker_id = $1
  UNION ALL SELECT blocker_id FROM blocks WHERE blocked_id = $1
  UNION ALL SELECT $1
), candidates AS MATERIALIZED (
  SELECT theirs.following_id AS id, count(*) AS shared
  FROM followed CROSS JOIN LATERAL (
    SELECT following_id FROM follows WHERE follower_id = followed.id
    ORDER BY created_at DESC, following_id DESC LIMIT $2
  ) AS theirs
  WHERE theirs.following_id NOT IN (SELECT id FROM excluded)
  GROUP BY theirs.following_id
), ranked AS MATERIALIZED (
  SELECT id, shared FROM candidates
  WHERE shared < $3 OR (shared = $3 AND id > $4)
  ORDER BY shared DESC, id LIMIT $5
)
SELECT ranked.shared, ${columns}
FROM ranked JOIN profiles p ON p.id = ranked.id
ORDER BY ranked.shared DESC, ranked.id;
