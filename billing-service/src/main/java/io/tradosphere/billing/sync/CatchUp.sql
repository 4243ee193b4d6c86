-- name: due-objects
WITH due AS (
  SELECT stripe_subscription_id AS id, 'subscription' AS type FROM subscriptions
    WHERE status <> 'cancelled' AND stripe_subscription_id IS NOT NULL
  UNION ALL
  SELECT stripe_subscription_id, 'subscription' FROM tier_subscriptions
    WHERE status <> 'cancelled' AND stripe_subscription_id IS NOT NULL
  UNION ALL
  SELECT stripe_account_id, 'account' FROM payout_accounts
  UNION ALL
  SELECT stripe_session_id, 'checkout.session' FROM checkouts
    WHERE stripe_session_id IS NOT NULL
      AND created_at BETWEEN now() - INTERVAL '48 hours' AND now() - INTERVAL '5 minutes'),
longest_unseen AS (
  SELECT due.id, due.type FROM due LEFT JOIN stripe_objects o ON o.id = due.id
  WHERE o.id IS NULL OR o.updated_at < now() - INTERVAL '1 day' AND o.requested = o.fetched
  ORDER BY o.updated_at NULLS FIRST LIMIT 200)
INSERT INTO stripe_objects AS o (id, type) SELECT id, type FROM longest_unseen
ON CONFLICT (id) DO UPDATE SET requested = o.requested + 1, next_attempt_at = now();
