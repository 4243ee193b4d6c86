-- name: records
SELECT concat(s.profile_id, ':', s.incarnation) AS key,
  jsonb_build_object('total_signals', s.total_signals, 'cancelled_signals', s.cancelled_signals,
    'outcomes', coalesce(o.outcomes, '{}')) AS state,
  s.xmin::text AS mark, NULL::bigint AS sequence
FROM profile_stats s LEFT JOIN (
  SELECT creator_id, incarnation, jsonb_object_agg(signal_id,
    jsonb_build_array((extract(epoch FROM resolved_at) * 1000000)::bigint, hit, verified)) AS outcomes
  FROM signal_outcomes WHERE {creator_id} GROUP BY creator_id, incarnation
) AS o ON o.creator_id = s.profile_id AND o.incarnation = s.incarnation
WHERE {s.profile_id} AND (s.total_signals <> 0 OR s.cancelled_signals <> 0 OR o.outcomes IS NOT NULL)
UNION ALL
SELECT concat(o.creator_id, ':', o.incarnation),
  jsonb_build_object('total_signals', 0, 'cancelled_signals', 0, 'outcomes', jsonb_object_agg(o.signal_id, o.hit)),
  count(*)::text, NULL::bigint
FROM signal_outcomes o
WHERE {o.creator_id}
  AND NOT EXISTS (SELECT FROM profile_stats s WHERE s.profile_id = o.creator_id AND s.incarnation = o.incarnation)
GROUP BY o.creator_id, o.incarnation;

-- name: counted
SELECT s.profile_id AS id,
  jsonb_build_object('incarnation', p.incarnation, 'hit_signals', coalesce(t.hits, 0), 'miss_signals', coalesce(t.misses, 0),
    'verified_hits', coalesce(t.verified, 0), 'win_streak', coalesce(t.streak, 0),
    'max_win_streak', coalesce(t.longest, 0)) AS expected,
  jsonb_build_object('incarnation', s.incarnation, 'hit_signals', s.hit_signals, 'miss_signals', s.miss_signals,
    'verified_hits', s.verified_hits, 'win_streak', s.win_streak, 'max_win_streak', s.max_win_streak) AS actual
FROM profile_stats s JOIN profiles p ON p.id = s.profile_id LEFT JOIN (
  SELECT r.creator_id, r.incarnation, sum(r.hits) AS hits, sum(r.misses) AS misses, sum(r.verified) AS verified,
         (array_agg(r.hits ORDER BY r.run DESC))[1] AS streak, max(r.hits) AS longest
  FROM (
    SELECT n.creator_id, n.incarnation, n.run, count(*) FILTER (WHERE n.hit) AS hits,
           count(*) FILTER (WHERE NOT n.hit) AS misses, count(*) FILTER (WHERE n.hit AND n.verified) AS verified
    FROM (
      SELECT o.*, count(*) FILTER (WHERE NOT o.hit)
               OVER (PARTITION BY o.creator_id, o.incarnation ORDER BY o.resolved_at, o.signal_id) AS run
      FROM signal_outcomes o WHERE {o.creator_id}
    ) AS n GROUP BY n.creator_id, n.incarnation, n.run
  ) AS r GROUP BY r.creator_id, r.incarnation
) AS t ON t.creator_id = p.id AND t.incarnation = p.incarnation
WHERE {s.profile_id};
