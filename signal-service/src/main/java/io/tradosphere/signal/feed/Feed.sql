-- name: feed
SELECT request.position, page.* FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[])
  WITH ORDINALITY AS request (reader_id, posted_before, id_before, status, position)
CROSS JOIN LATERAL (
  WITH from_timeline AS MATERIALIZED (
    SELECT entry.* FROM timeline t
    CROSS JOIN LATERAL (SELECT FROM follows f WHERE f.follower_id = request.reader_id AND f.following_id = t.creator_id
      AND f.is_following AND f.merged_until < t.posted_at LIMIT 1) AS fanned_out
    CROSS JOIN LATERAL (SELECT ${entry} FROM signals s
      WHERE s.id = t.signal_id AND s.is_public AND (request.status IS NULL OR s.status = request.status) LIMIT 1) AS entry
    WHERE t.reader_id = request.reader_id AND (t.posted_at, t.signal_id) < (request.posted_before, request.id_before)
    ORDER BY t.posted_at DESC, t.signal_id DESC LIMIT :rows
  ), reach AS MATERIALIZED (
    SELECT CASE WHEN count(*) < :rows THEN '-infinity' ELSE min(posted_at) END AS down_to FROM from_timeline
  ), from_signals AS (
    SELECT latest.* FROM follows f CROSS JOIN LATERAL (
      SELECT ${entry} FROM signals s
      WHERE s.creator_id = f.following_id AND s.is_public AND s.posted_at <= f.merged_until
        AND s.posted_at >= (SELECT down_to FROM reach)
        AND (s.posted_at, s.id) < (request.posted_before, request.id_before)
        AND (request.status IS NULL OR s.status = request.status)
      ORDER BY s.posted_at DESC, s.id DESC LIMIT :rows
    ) AS latest
    WHERE f.follower_id = request.reader_id AND f.is_following AND f.merged_until > '-infinity'
      AND f.merged_until >= (SELECT down_to FROM reach)
  ), from_subscriptions AS (
    SELECT latest.* FROM subscriptions a CROSS JOIN LATERAL (
      SELECT ${entry} FROM signals s
      WHERE s.creator_id = a.creator_id AND s.audience = 'subscribers'
        AND s.posted_at >= (SELECT down_to FROM reach)
        AND (s.posted_at, s.id) < (request.posted_before, request.id_before)
        AND (request.status IS NULL OR s.status = request.status)
      ORDER BY s.posted_at DESC, s.id DESC LIMIT :rows
    ) AS latest
    WHERE a.subscriber_id = request.reader_id AND a.access_until > now()
      AND may_read(a.creator_id, request.reader_id)
      AND NOT EXISTS (SELECT FROM from_timeline f WHERE f.id = latest.id)
      AND NOT EXISTS (SELECT FROM from_signals f WHERE f.id = latest.id)
  ), page AS (
    SELECT * FROM from_timeline UNION ALL SELECT * FROM from_signals UNION ALL SELECT * FROM from_subscriptions
    ORDER BY posted_at DESC, id DESC LIMIT :rows
  )
  SELECT s.*, ${creator} FROM page s JOIN profiles p ON p.id = s.creator_id
) AS page
ORDER BY request.position, page.posted_at DESC, page.id DESC;
