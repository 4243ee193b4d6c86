-- Migration: V003__tiers.sql
-- Description: Subscriptions to the platform, which determine a person's tier
-- Author: TradoSphere
-- Date: 2026-11-30

-- One row a person, which follows Stripe. A new purchase after the end of the last one reuses it.
CREATE TABLE tier_subscriptions (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  -- NULL once that person has been erased: the platform's record stays.
  profile_id UUID UNIQUE REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('grow', 'elite', 'gladiator')),
  -- The lower tier that begins with the next period; NULL when the tier stays.
  next_tier TEXT CHECK (next_tier IN ('grow', 'elite', 'gladiator')),
  -- Whether the person has the tier now, and so what was published last.
  is_held BOOLEAN NOT NULL DEFAULT false,
  stripe_subscription_id TEXT UNIQUE CHECK (char_length(stripe_subscription_id) BETWEEN 1 AND 255),
  stripe_customer_id TEXT CHECK (char_length(stripe_customer_id) BETWEEN 1 AND 255),
  -- Stripe's own status, of which there are more.
  stripe_status TEXT CHECK (char_length(stripe_status) BETWEEN 1 AND 255),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'cancelled', 'past_due', 'unpaid')),
  price_monthly NUMERIC(15, 3) NOT NULL CHECK (price_monthly > 0 AND price_monthly < 1e12),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  current_period_start TIMESTAMPTZ,
  current_period_end TIMESTAMPTZ,
  cancel_at_period_end BOOLEAN NOT NULL DEFAULT false,
  cancelled_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  -- The tier lasts longer than a payment that failed: through the grace.
  held_until TIMESTAMPTZ NOT NULL DEFAULT now(),
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT tier_subscriptions_live_has_its_person CHECK ((status = 'cancelled' AND NOT is_held) OR profile_id IS NOT NULL),
  CONSTRAINT tier_subscriptions_period_has_a_length CHECK (current_period_end > current_period_start)
);
CALL auth.guard('tier_subscriptions');
CREATE INDEX idx_tier_subscriptions_held ON tier_subscriptions (held_until) WHERE is_held;
CREATE TRIGGER update_tier_subscriptions_updated_at BEFORE UPDATE ON tier_subscriptions
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_tier_subscriptions BEFORE INSERT OR UPDATE ON tier_subscriptions
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();
-- An app connection sees only the caller's own rows, so the Stripe ids may be granted.
GRANT SELECT ON tier_subscriptions TO ${slice}_app;
CREATE POLICY "Users can view own tier subscriptions" ON tier_subscriptions FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));
