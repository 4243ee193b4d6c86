-- Migration: V001__plans.sql
-- Description: Monthly plans of creators, and the Stripe identities of who pays and who is paid
-- Author: TradoSphere
-- Date: 2026-11-22

-- Who pays is a customer at Stripe. The worker writes it, after Stripe's answer; a person may read only their own.
CREATE TABLE stripe_customers (
  profile_id UUID PRIMARY KEY REFERENCES profiles (id),
  stripe_customer_id TEXT NOT NULL UNIQUE CHECK (char_length(stripe_customer_id) BETWEEN 1 AND 255),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('stripe_customers');
CREATE TRIGGER update_stripe_customers_updated_at BEFORE UPDATE ON stripe_customers
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON stripe_customers TO ${slice}_app;
CREATE POLICY "Users can view own Stripe customer" ON stripe_customers FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));

-- Who is paid has a connected account at Stripe. Whether somebody can be paid is public, the account's id is nobody's.
CREATE TABLE payout_accounts (
  profile_id UUID PRIMARY KEY REFERENCES profiles (id),
  stripe_account_id TEXT NOT NULL UNIQUE CHECK (char_length(stripe_account_id) BETWEEN 1 AND 255),
  payouts_enabled BOOLEAN NOT NULL DEFAULT false,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('payout_accounts');
CREATE TRIGGER update_payout_accounts_updated_at BEFORE UPDATE ON payout_accounts
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT (profile_id, payouts_enabled) ON payout_accounts TO ${slice}_app;
CREATE POLICY "Who can be paid is viewable by all" ON payout_accounts FOR SELECT TO ${slice}_app USING (true);

-- The price for new subscribers; each subscription keeps the price it was created with.
CREATE TABLE plans (
  creator_id UUID PRIMARY KEY REFERENCES profiles (id),
  -- Three decimals: some currencies have that many.
  price_monthly NUMERIC(15, 3) NOT NULL CHECK (price_monthly > 0 AND price_monthly < 1e12),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  stripe_product_id TEXT NOT NULL CHECK (char_length(stripe_product_id) BETWEEN 1 AND 255),
  stripe_price_id TEXT NOT NULL CHECK (char_length(stripe_price_id) BETWEEN 1 AND 255),
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('plans');
CREATE TRIGGER update_plans_updated_at BEFORE UPDATE ON plans
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_plans BEFORE INSERT OR UPDATE ON plans
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();
GRANT SELECT (creator_id, price_monthly, currency, stripe_product_id, stripe_price_id, version, created_at, updated_at),
    INSERT (creator_id, price_monthly, currency, stripe_product_id, stripe_price_id),
    UPDATE (price_monthly, currency, stripe_product_id, stripe_price_id)
  ON plans TO ${slice}_app;
CREATE POLICY "Plans viewable by all" ON plans FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Grow+ can create own plan" ON plans FOR INSERT TO ${slice}_app
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND auth.tier_is_at_least((SELECT tier FROM profiles WHERE id = (SELECT auth.uid())), 'grow'));
CREATE POLICY "Grow+ can change own plan" ON plans FOR UPDATE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()))
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND auth.tier_is_at_least((SELECT tier FROM profiles WHERE id = (SELECT auth.uid())), 'grow'));
