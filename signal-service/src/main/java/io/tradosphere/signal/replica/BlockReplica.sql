-- name: end-follows
WITH blocks AS (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS block (one, other, sequence)
), unfollowed AS MATERIALIZED (
  SELECT f.follower_id, f.following_id FROM follows f
  JOIN (SELECT one, other, sequence FROM blocks UNION SELECT other, one, sequence FROM blocks) AS pair
    ON f.follower_id = pair.one AND f.following_id = pair.other AND f.sequence < pair.sequence
  WHERE f.is_following ORDER BY f.follower_id, f.following_id FOR UPDATE OF f
), ended AS (
  UPDATE follows f SET is_following = false, merged_until = 'infinity',
    has_leftovers = f.has_leftovers OR f.merged_until < 'infinity'
  FROM unfollowed WHERE f.follower_id = unfollowed.follower_id AND f.following_id = unfollowed.following_id
  RETURNING f.following_id
)
UPDATE creators c SET follower_count = greatest(c.follower_count - ended.follows, 0), backfilled = false
FROM (SELECT following_id, count(*) AS follows FROM ended GROUP BY following_id) AS ended
WHERE c.id = ended.following_id;
