-- name: store
WITH fresh AS (
  INSERT INTO inbox (consumer_group, event_id, keep_until)
  VALUES ('signal-service.view-flushes', $1, now() + INTERVAL '1 day')
  ON CONFLICT DO NOTHING RETURNING event_id
), viewed AS MATERIALIZED (
  SELECT s.id AS signal_id, v.viewer, v.viewed_at
  FROM signals s
  JOIN unnest($2::uuid[], $3::bytea[], $4::timestamptz[], $5::uuid[]) AS v(signal_id, viewer, viewed_at, person)
    ON v.signal_id = s.id
  WHERE EXISTS (SELECT FROM fresh) AND (s.is_public OR v.person = s.creator_id OR (
    EXISTS (SELECT FROM subscriptions a
            WHERE a.subscriber_id = v.person AND a.creator_id = s.creator_id AND a.access_until > v.viewed_at)
    AND NOT EXISTS (
      SELECT FROM blocks b
      WHERE b.is_blocking AND (b.blocker_id, b.blocked_id) IN ((s.creator_id, v.person), (v.person, s.creator_id)))))
  ORDER BY s.id FOR NO KEY UPDATE OF s
), counted AS (
  INSERT INTO recent_views AS known (signal_id, viewer, viewed_at)
  SELECT signal_id, viewer, viewed_at FROM viewed ORDER BY signal_id, viewer
  ON CONFLICT (signal_id, viewer) DO UPDATE SET viewed_at = EXCLUDED.viewed_at
    WHERE known.viewed_at <= EXCLUDED.viewed_at - INTERVAL '10 minutes'
  RETURNING signal_id, viewed_at
), seen AS (
  SELECT s.id AS signal_id, s.creator_id, s.incarnation AS creator_incarnation, s.is_public, c.views, c.viewed_at
  FROM (SELECT signal_id, count(*) AS views, max(viewed_at) AS viewed_at FROM counted GROUP BY signal_id) AS c
  JOIN signals s ON s.id = c.signal_id
), stored AS (
  INSERT INTO signal_views AS existing (signal_id, bucket_at, views)
  SELECT signal_id, date_trunc('hour', viewed_at, 'UTC'), views FROM seen ORDER BY signal_id
  ON CONFLICT (signal_id, bucket_at) DO UPDATE SET views = existing.views + EXCLUDED.views
  RETURNING signal_id
), events AS (
  SELECT seen.*, NULL AS cause FROM seen JOIN stored ON stored.signal_id = seen.signal_id
)
${publish};
