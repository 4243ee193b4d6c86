-- Migration: V001__plans.sql
-- Description: What a creator asks for a month, and who is who at Stripe
-- Author: TradoSphere
-- Date: 2026-11-22

-- A person's ids at Stripe. The worker writes them; a person may read its own, nobody another's.
CREATE TABLE stripe_identities (
  profile_id UUID PRIMARY KEY REFERENCES profiles (id),
  stripe_customer_id TEXT UNIQUE CHECK (char_length(stripe_customer_id) BETWEEN 1 AND 255),
  stripe_account_id TEXT UNIQUE CHECK (char_length(stripe_account_id) BETWEEN 1 AND 255),
  payouts_enabled BOOLEAN NOT NULL DEFAULT false,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('stripe_identities');
CREATE TRIGGER update_stripe_identities_updated_at BEFORE UPDATE ON stripe_identities
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON stripe_identities TO ${slice}_app;
CREATE POLICY "Users can view own Stripe identity" ON stripe_identities FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));

-- The price for new subscribers; each subscription keeps the price it was made at.
CREATE TABLE plans (
  creator_id UUID PRIMARY KEY REFERENCES profiles (id),
  -- Three decimals: some currencies have that many.
  price_monthly NUMERIC(15, 3) NOT NULL CHECK (price_monthly > 0 AND price_monthly < 1e12),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  stripe_product_id TEXT CHECK (char_length(stripe_product_id) BETWEEN 1 AND 255),
  stripe_price_id TEXT CHECK (char_length(stripe_price_id) BETWEEN 1 AND 255),
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
CREATE POLICY "Grow+ can make own plan" ON plans FOR INSERT TO ${slice}_app
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND (SELECT tier FROM profiles WHERE id = (SELECT auth.uid())) IN ('grow', 'elite', 'gladiator', 'legend'));
CREATE POLICY "Grow+ can change own plan" ON plans FOR UPDATE TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()))
  WITH CHECK (creator_id = (SELECT auth.uid())
    AND (SELECT tier FROM profiles WHERE id = (SELECT auth.uid())) IN ('grow', 'elite', 'gladiator', 'legend'));
