-- name: around
WITH own AS MATERIALIZED (
  SELECT id, public_rank, rank FROM own_participations WHERE competition_id = $1
), near AS (
  (SELECT e.id, e.public_rank FROM own JOIN LATERAL (
    SELECT n.id, n.public_rank FROM competition_participants n
    WHERE n.competition_id = $1 AND (n.public_rank, n.id) < (own.public_rank, own.id)
    ORDER BY n.public_rank DESC, n.id DESC LIMIT 5) AS e ON true)
  UNION ALL SELECT id, public_rank FROM own
  UNION ALL
  (SELECT e.id, e.public_rank FROM own JOIN LATERAL (
    SELECT n.id, n.public_rank FROM competition_participants n
    WHERE n.competition_id = $1 AND (n.public_rank, n.id) > (own.public_rank, own.id)
    ORDER BY n.public_rank, n.id LIMIT 5) AS e ON true)
)
SELECT (SELECT id FROM own) AS own_id, (SELECT rank FROM own) AS true_rank,
${columns}
FROM near JOIN competition_participants e ON e.id = near.id LEFT JOIN profiles p ON p.id = e.user_id
ORDER BY e.public_rank, e.id;
