DROP TABLE stripe_events;
DROP TABLE tier_subscriptions;
