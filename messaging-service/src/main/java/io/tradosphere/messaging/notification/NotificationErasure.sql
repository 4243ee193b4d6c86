-- name: caused
WITH gone AS MATERIALIZED (
  SELECT user_id, cause, notification_id FROM notification_causes
  WHERE actor_id = $1 AND created_at < ${endOfLife} ORDER BY user_id, cause LIMIT $3 FOR UPDATE
), deleted AS (
  DELETE FROM notification_causes known USING gone
  WHERE known.user_id = gone.user_id AND known.cause = gone.cause
), counted AS (
  SELECT notification_id, count(*) AS causes, array_agg(cause) AS names FROM gone
  WHERE notification_id IS NOT NULL GROUP BY notification_id
), emptied AS (
  DELETE FROM notifications n USING counted WHERE n.id = counted.notification_id AND n.cause_count <= counted.causes
), lessened AS (
  UPDATE notifications n SET cause_count = n.cause_count - counted.causes,
    actor_id = (SELECT other.actor_id FROM notification_causes other
      WHERE other.notification_id = n.id AND other.cause <> ALL (counted.names)
      ORDER BY other.sequence DESC LIMIT 1)
  FROM counted WHERE n.id = counted.notification_id AND n.cause_count > counted.causes
)
SELECT p.id AS recipient_id, p.incarnation AS recipient_incarnation, now() AS notified_at
FROM gone LEFT JOIN profiles p ON p.id = gone.user_id AND gone.notification_id IS NOT NULL;
