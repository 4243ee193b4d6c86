DROP TABLE plans;
DROP TABLE payout_accounts;
DROP TABLE stripe_customers;
