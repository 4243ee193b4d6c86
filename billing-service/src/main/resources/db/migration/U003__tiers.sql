DROP TABLE tier_subscriptions;
