-- Migration: V003__tiers.sql
-- Description: Subscriptions to the platform itself, which decide a person's tier, and the Stripe events applied
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE tier_subscriptions (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  -- NULL once that person has departed: the platform's record stays.
  profile_id UUID REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('grow', 'elite', 'gladiator')),
  stripe_subscription_id TEXT UNIQUE CHECK (char_length(stripe_subscription_id) BETWEEN 1 AND 255),
  stripe_customer_id TEXT CHECK (char_length(stripe_customer_id) BETWEEN 1 AND 255),
  stripe_event_at TIMESTAMPTZ,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'cancelled', 'past_due', 'unpaid')),
  price_monthly NUMERIC(15, 3) NOT NULL CHECK (price_monthly > 0 AND price_monthly < 1e12),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  current_period_start TIMESTAMPTZ,
  current_period_end TIMESTAMPTZ,
  cancel_at_period_end BOOLEAN NOT NULL DEFAULT false,
  cancelled_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT tier_subscriptions_live_has_its_person CHECK (status = 'cancelled' OR profile_id IS NOT NULL),
  CONSTRAINT tier_subscriptions_period_has_a_length CHECK (current_period_end > current_period_start)
);
CALL auth.guard('tier_subscriptions');
CREATE INDEX idx_tier_subscriptions_profile ON tier_subscriptions (profile_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX uq_tier_subscriptions_live ON tier_subscriptions (profile_id) WHERE status <> 'cancelled';
CREATE TRIGGER update_tier_subscriptions_updated_at BEFORE UPDATE ON tier_subscriptions
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_tier_subscriptions BEFORE INSERT OR UPDATE ON tier_subscriptions
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();
-- Here every row an app connection sees is the caller's own, its ids at Stripe included.
GRANT SELECT ON tier_subscriptions TO ${slice}_app;
GRANT UPDATE (cancel_at_period_end) ON tier_subscriptions TO ${slice}_app;
CREATE POLICY "Users can view own tier subscriptions" ON tier_subscriptions FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));
CREATE POLICY "Users can end own tier at the period's end" ON tier_subscriptions FOR UPDATE TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()) AND status <> 'cancelled')
  WITH CHECK (profile_id = (SELECT auth.uid()));

-- Each of Stripe's events is applied once. No payload: it carries personal data.
CREATE TABLE stripe_events (
  id TEXT PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 255),
  type TEXT NOT NULL CHECK (char_length(type) BETWEEN 1 AND 255),
  occurred_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('stripe_events');
CREATE INDEX idx_stripe_events_created_at ON stripe_events USING brin (created_at);
CREATE TRIGGER update_stripe_events_updated_at BEFORE UPDATE ON stripe_events
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
