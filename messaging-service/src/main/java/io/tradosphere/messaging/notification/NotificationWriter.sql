-- name: notify
WITH due AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[])
    WITH ORDINALITY AS cause (user_id, cause, type, subject, title, data, actor_id, position)
  WHERE NOT EXISTS (SELECT FROM notification_preferences p
    WHERE p.user_id = cause.user_id AND p.type = cause.type AND NOT p.enabled)
), written AS (
  INSERT INTO notifications AS existing (user_id, type, subject, title, data, actor_id, cause_count)
  SELECT user_id, type, subject, (array_agg(title ORDER BY position DESC))[1],
    (array_agg(data ORDER BY position DESC))[1]::jsonb, (array_agg(actor_id ORDER BY position DESC))[1], count(*)
  FROM due GROUP BY user_id, type, subject ORDER BY user_id, type, subject
  ON CONFLICT (user_id, type, subject) WHERE read_at IS NULL DO UPDATE SET
    cause_count = existing.cause_count + EXCLUDED.cause_count, actor_id = EXCLUDED.actor_id,
    title = EXCLUDED.title, data = EXCLUDED.data, occurred_at = EXCLUDED.occurred_at
  RETURNING id, user_id, type, subject
), linked AS (
  UPDATE notification_causes known SET notification_id = written.id
  FROM written JOIN due USING (user_id, type, subject)
  WHERE known.user_id = due.user_id AND known.cause = due.cause
)
SELECT user_id, id FROM written;

-- name: retract
WITH undone AS MATERIALIZED (
  SELECT known.user_id, known.cause, known.notification_id
  FROM unnest($1::uuid[], $2::text[]) AS cause (user_id, cause)
  JOIN notification_causes known ON known.user_id = cause.user_id AND known.cause = cause.cause
  JOIN notifications n ON n.id = known.notification_id AND n.read_at IS NULL
), unlinked AS (
  UPDATE notification_causes known SET notification_id = NULL FROM undone
  WHERE known.user_id = undone.user_id AND known.cause = undone.cause
), counted AS (
  SELECT notification_id, count(*) AS causes, array_agg(cause) AS names FROM undone GROUP BY notification_id
), emptied AS (
  DELETE FROM notifications n USING counted
  WHERE n.id = counted.notification_id AND n.cause_count <= counted.causes
  RETURNING n.user_id, n.id
), lessened AS (
  UPDATE notifications n SET cause_count = n.cause_count - counted.causes,
    actor_id = (SELECT other.actor_id FROM notification_causes other
      WHERE other.notification_id = n.id AND other.cause <> ALL (counted.names)
      ORDER BY other.sequence DESC LIMIT 1)
  FROM counted WHERE n.id = counted.notification_id AND n.cause_count > counted.causes
  RETURNING n.user_id, n.id
)
SELECT user_id, id FROM emptied UNION ALL SELECT user_id, id FROM lessened;
