-- name: count
WITH events AS (
  SELECT t.* FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::uuid[], $5::timestamptz[], $6::boolean[], $7::boolean[],
      $8::bigint[])
    AS t(creator_id, incarnation, posted, signal_id, resolved_at, hit, verified, cancelled)
  JOIN profile_stats s ON s.profile_id = t.creator_id AND s.incarnation = t.incarnation
), inserted AS (
  INSERT INTO signal_outcomes (creator_id, incarnation, resolved_at, signal_id, hit, verified)
  SELECT creator_id, incarnation, resolved_at, signal_id, hit, verified FROM events WHERE hit IS NOT NULL
  ORDER BY creator_id, incarnation, resolved_at, signal_id
  ON CONFLICT DO NOTHING
  RETURNING creator_id, incarnation, resolved_at, signal_id, hit, verified
), late AS (
  SELECT n.creator_id, n.incarnation FROM inserted n GROUP BY n.creator_id, n.incarnation
  HAVING min(n.resolved_at) <= (SELECT max(o.resolved_at) FROM signal_outcomes o
                                WHERE o.creator_id = n.creator_id AND o.incarnation = n.incarnation)
), history AS (
  SELECT creator_id, resolved_at, signal_id, hit, verified, true AS is_new, 0 AS posted, 0 AS cancelled FROM inserted
  UNION ALL
  SELECT o.creator_id, o.resolved_at, o.signal_id, o.hit, o.verified, false, 0, 0
  FROM late JOIN signal_outcomes o ON o.creator_id = late.creator_id AND o.incarnation = late.incarnation
  UNION ALL
  SELECT creator_id, NULL, NULL, NULL, NULL, true, posted, cancelled FROM events WHERE posted <> 0 OR cancelled <> 0
), runs AS (
  SELECT h.creator_id, h.run, count(*) FILTER (WHERE h.hit) AS length, bool_or(NOT h.is_new) AS late,
         sum(h.posted) AS posted, sum(h.cancelled) AS cancelled, count(*) FILTER (WHERE h.is_new AND h.hit) AS hits,
         count(*) FILTER (WHERE h.is_new AND NOT h.hit) AS misses,
         count(*) FILTER (WHERE h.is_new AND h.hit AND h.verified) AS verified
  FROM (
    SELECT history.*,
           count(*) FILTER (WHERE NOT hit) OVER (PARTITION BY creator_id ORDER BY resolved_at, signal_id) AS run
    FROM history
  ) AS h GROUP BY h.creator_id, h.run
), records AS (
  SELECT creator_id, sum(posted) AS posted, sum(cancelled) AS cancelled, sum(hits) AS hits, sum(misses) AS misses, sum(verified) AS verified,
         bool_or(late) AS late, max(run) = 0 AS unbroken, coalesce(sum(length) FILTER (WHERE run = 0), 0) AS first,
         (array_agg(length ORDER BY run DESC))[1] AS last, max(length) AS longest
  FROM runs GROUP BY creator_id
)
UPDATE profile_stats s SET
  total_signals = s.total_signals + r.posted,
  hit_signals = s.hit_signals + r.hits,
  miss_signals = s.miss_signals + r.misses,
  cancelled_signals = s.cancelled_signals + r.cancelled,
  verified_hits = s.verified_hits + r.verified,
  win_streak = CASE WHEN r.unbroken AND NOT r.late THEN s.win_streak + r.last ELSE r.last END,
  max_win_streak =
    CASE WHEN r.late THEN r.longest ELSE greatest(s.max_win_streak, r.longest, s.win_streak + r.first) END,
  updated_at = now()
FROM records r
WHERE s.profile_id = r.creator_id AND (r.posted <> 0 OR r.hits + r.misses + r.cancelled > 0)
RETURNING s.profile_id;
