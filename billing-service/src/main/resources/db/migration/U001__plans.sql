DROP TABLE plans;
DROP TABLE stripe_identities;
