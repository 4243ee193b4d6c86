-- name: followers
WITH readers AS MATERIALIZED (
  (SELECT follower_id FROM follows
   WHERE following_id = $1 AND is_following AND following_incarnation <= $2 ORDER BY follower_id LIMIT 20)
  UNION ALL
  (SELECT follower_id FROM follows
   WHERE following_id = $1 AND NOT is_following AND following_incarnation <= $2 ORDER BY follower_id LIMIT 20)
), shown AS MATERIALIZED (
  SELECT t.reader_id, t.posted_at, t.signal_id FROM timeline t JOIN readers ON readers.follower_id = t.reader_id
  WHERE t.creator_id = $1 AND t.created_at < ${endOfLife} LIMIT $3
), purged AS (
  DELETE FROM timeline t USING shown
  WHERE t.reader_id = shown.reader_id AND t.posted_at = shown.posted_at AND t.signal_id = shown.signal_id
), ended AS (
  DELETE FROM follows f USING readers
  WHERE f.follower_id = readers.follower_id AND f.following_id = $1 AND (SELECT count(*) FROM shown) < $3
  RETURNING f.is_following
), decremented AS (
  UPDATE creators c SET follower_count = greatest(c.follower_count - ended.follows, 0)
  FROM (SELECT count(*) AS follows FROM ended WHERE is_following) AS ended
  WHERE c.id = $1 AND ended.follows > 0
)
SELECT FROM readers;
