DROP TABLE blocks;
DROP TABLE checkouts;
DROP VIEW own_stripe_subscriptions;
DROP TABLE subscription_history;
DROP TABLE subscriptions;
DROP FUNCTION record_subscription_history();
