-- name: join
WITH requests AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) WITH ORDINALITY
    AS r (competition_id, user_id, clan_id, traceparent, place)
), decided AS MATERIALIZED (
  SELECT r.*, d.outcome FROM requests r JOIN decide_joins($1, $2, $3) d USING (place)
), joined AS (
  INSERT INTO competition_participants (competition_id, user_id, clan_id)
  SELECT competition_id, user_id, clan_id FROM decided WHERE outcome = 'JOINS' ORDER BY competition_id, user_id
  ON CONFLICT (competition_id, user_id) DO NOTHING
  RETURNING id, competition_id, user_id, incarnation, clan_id, status, disqualification_reason, joined_at
), published AS (
  INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
  SELECT '${topic}', j.competition_id::text, '${type}', j.id::text,
    json_strip_nulls(json_build_object('competitionId', j.competition_id, 'participantId', j.id, 'profileId', j.user_id,
      'incarnation', j.incarnation, 'clanId', j.clan_id,
      'joinedAt', to_char(j.joined_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::text,
    d.traceparent
  FROM joined j JOIN decided d USING (competition_id, user_id)
  WHERE d.outcome = 'JOINS' ORDER BY j.competition_id, j.joined_at
)
SELECT CASE WHEN d.outcome = 'JOINS' AND j.id IS NULL THEN 'TAKES_PART' ELSE d.outcome END AS outcome,
  j.id, j.competition_id, j.user_id, j.incarnation, j.clan_id, j.status, j.disqualification_reason, j.joined_at, now() AS now
FROM decided d
LEFT JOIN joined j ON d.outcome = 'JOINS' AND j.competition_id = d.competition_id AND j.user_id = d.user_id
ORDER BY d.place;
