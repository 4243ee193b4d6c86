SELECT p.username, c.content, c.sent_at, c.unread
FROM (
  SELECT DISTINCT ON (peer_id) peer_id, id, content, sent_at, read_at,
    count(*) FILTER (WHERE recipient_id = ? AND read_at IS NULL) OVER (PARTITION BY peer_id) AS unread
  FROM (
    SELECT *, CASE WHEN sender_id = ? THEN recipient_id ELSE sender_id END AS peer_id
    FROM messages WHERE ? IN (sender_id, recipient_id)) AS mine
  ORDER BY peer_id, sent_at DESC, id DESC) AS c
JOIN profiles p ON p.id = c.peer_id
ORDER BY c.sent_at DESC LIMIT 20
