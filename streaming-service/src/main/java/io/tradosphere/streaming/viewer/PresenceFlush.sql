-- name: store
WITH signs AS MATERIALIZED (
  SELECT t.stream_id, t.person, t.seen_from, t.seen_until, t.left_at, t.person = s.creator_id AS is_creator
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
    AS t(stream_id, person, seen_from, seen_until, left_at)
  JOIN streams s ON s.id = t.stream_id AND s.status = 'live'
), known AS MATERIALIZED (
  SELECT n.stream_id, n.person, n.seen_from, n.seen_until, n.left_at, v.id IS NOT NULL AS is_known,
    v.id IS NOT NULL AND v.left_at IS NULL AS was_present, v.left_at AS known_left_at,
    coalesce(v.last_seen_at, '-infinity') AS last_seen_at
  FROM signs n JOIN profiles p ON p.id = n.person
  LEFT JOIN stream_viewers v ON v.stream_id = n.stream_id AND v.viewer_id = n.person
  WHERE NOT n.is_creator AND NOT EXISTS (
    SELECT FROM erased_profiles e WHERE e.pseudonym = auth.pseudonym(p.id) AND e.incarnation >= p.incarnation)
), arriving AS (
  SELECT k.*, NOT was_present AND coalesce(seen_until > coalesce(known_left_at, '-infinity'), false) AS arrives
  FROM known k
), decided AS MATERIALIZED (
  SELECT a.*, (was_present OR arrives) AND coalesce(left_at >= last_seen_at, false) AS leaves FROM arriving a
), stored AS (
  INSERT INTO stream_viewers AS v (stream_id, viewer_id, joined_at, last_seen_at, left_at)
  SELECT stream_id, person, coalesce(seen_from, left_at), coalesce(seen_until, left_at),
    CASE WHEN leaves THEN left_at WHEN was_present OR arrives THEN NULL ELSE greatest(known_left_at, left_at) END
  FROM decided WHERE is_known OR arrives ORDER BY stream_id, person
  ON CONFLICT (stream_id, viewer_id) DO UPDATE
    SET last_seen_at = greatest(v.last_seen_at, EXCLUDED.last_seen_at), left_at = EXCLUDED.left_at
), moves AS (
  SELECT stream_id, seen_from AS at, 1 AS change, NOT is_known AS is_new FROM decided WHERE arrives
  UNION ALL
  SELECT stream_id, left_at, -1, false FROM decided WHERE leaves
), levels AS (
  SELECT stream_id, change, is_new,
    sum(change) OVER (PARTITION BY stream_id ORDER BY at, change ROWS UNBOUNDED PRECEDING) AS level
  FROM moves
), counts AS (
  SELECT stream_id, sum(change) AS change, max(level) AS highest, count(*) FILTER (WHERE is_new) AS new
  FROM levels GROUP BY stream_id
), feeds AS (
  SELECT stream_id, max(seen_until) AS fed_at FROM signs WHERE is_creator GROUP BY stream_id
), counted AS (
  UPDATE streams s SET
    fed_at = greatest(s.fed_at, f.fed_at),
    current_viewers = greatest(s.current_viewers + coalesce(c.change, 0), 0),
    peak_viewers = greatest(s.peak_viewers, s.current_viewers + coalesce(c.highest, 0)),
    total_viewers = greatest(s.total_viewers + coalesce(c.new, 0), s.peak_viewers,
      s.current_viewers + coalesce(c.highest, 0))
  FROM counts c FULL JOIN feeds f ON f.stream_id = c.stream_id
  WHERE s.id = coalesce(c.stream_id, f.stream_id)
)
SELECT stream_id, person, left_at FROM decided
WHERE NOT is_known AND NOT arrives AND left_at > now() - INTERVAL '5 seconds';
