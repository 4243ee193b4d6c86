-- Migration: V002__subscriptions.sql
-- Description: Subscriptions to creators, written from what Stripe says alone; their history; pending checkouts
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE subscriptions (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  -- NULL once that person has been erased: the other party's record stays.
  subscriber_id UUID REFERENCES profiles (id),
  creator_id UUID REFERENCES profiles (id),
  subscriber_incarnation BIGINT NOT NULL,
  -- An active subscription counts toward the creator of this incarnation.
  creator_incarnation BIGINT NOT NULL,
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
  -- Access lasts longer than the count: through the grace after a failed payment.
  access_until TIMESTAMPTZ NOT NULL DEFAULT now(),
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- One row per pair: a new subscription after a cancellation reuses it; subscription_history keeps the earlier states.
  UNIQUE (subscriber_id, creator_id),
  CONSTRAINT subscriptions_not_to_oneself CHECK (subscriber_id <> creator_id),
  CONSTRAINT subscriptions_live_has_both_parties CHECK (status = 'cancelled'
    OR (subscriber_id IS NOT NULL AND creator_id IS NOT NULL)),
  CONSTRAINT subscriptions_period_has_a_length CHECK (current_period_end > current_period_start)
);
CALL auth.guard('subscriptions');
CREATE INDEX idx_subscriptions_subscriber_page ON subscriptions (subscriber_id, created_at DESC, id DESC);
CREATE INDEX idx_subscriptions_creator ON subscriptions (creator_id, created_at DESC, id DESC);
CREATE INDEX idx_subscriptions_status ON subscriptions (creator_id) WHERE status = 'active';
CREATE TRIGGER update_subscriptions_updated_at BEFORE UPDATE ON subscriptions
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_subscriptions BEFORE INSERT OR UPDATE ON subscriptions
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

-- The history of each subscription: one row per change of status, price or period.
CREATE TABLE subscription_history (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  subscription_id UUID NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
  status TEXT NOT NULL CHECK (status IN ('active', 'cancelled', 'past_due', 'unpaid')),
  price_monthly NUMERIC(15, 3) NOT NULL,
  currency TEXT NOT NULL,
  stripe_subscription_id TEXT,
  started_at TIMESTAMPTZ NOT NULL,
  current_period_start TIMESTAMPTZ,
  current_period_end TIMESTAMPTZ,
  cancelled_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('subscription_history');
CREATE INDEX idx_subscription_history_subscription ON subscription_history (subscription_id, version DESC);
CREATE TRIGGER update_subscription_history_updated_at BEFORE UPDATE ON subscription_history
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

CREATE FUNCTION record_subscription_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO subscription_history (subscription_id, status, price_monthly, currency, stripe_subscription_id, started_at,
      current_period_start, current_period_end, cancelled_at, ended_at, version)
    VALUES (NEW.id, NEW.status, NEW.price_monthly, NEW.currency, NEW.stripe_subscription_id, NEW.started_at,
      NEW.current_period_start, NEW.current_period_end, NEW.cancelled_at, NEW.ended_at, NEW.version);
  RETURN NULL;
END $$;
-- A row that has none yet is made to be locked, and changed at once.
CREATE TRIGGER record_new_subscriptions AFTER INSERT ON subscriptions
  FOR EACH ROW WHEN (NEW.stripe_subscription_id IS NOT NULL) EXECUTE FUNCTION record_subscription_history();
CREATE TRIGGER record_changed_subscriptions AFTER UPDATE ON subscriptions
  FOR EACH ROW WHEN ((OLD.status, OLD.price_monthly, OLD.currency, OLD.current_period_start, OLD.current_period_end)
    IS DISTINCT FROM (NEW.status, NEW.price_monthly, NEW.currency, NEW.current_period_start, NEW.current_period_end))
  EXECUTE FUNCTION record_subscription_history();

-- Both parties use the same PostgreSQL role, so the Stripe columns are granted to neither. The subscriber reads them through
-- the view.
GRANT SELECT (id, subscriber_id, creator_id, status, price_monthly, currency, started_at, current_period_start,
    current_period_end, cancel_at_period_end, cancelled_at, ended_at, access_until, version, created_at, updated_at)
  ON subscriptions TO ${slice}_app;
-- A CASE is intentional. With OR the planner chooses index conditions. It then reads and sorts all subscriptions of a creator
-- instead of the first page by index.
CREATE POLICY "Users can view own subscriptions" ON subscriptions FOR SELECT TO ${slice}_app
  USING (CASE WHEN subscriber_id = (SELECT auth.uid()) THEN true ELSE creator_id = (SELECT auth.uid()) END);
CREATE VIEW own_stripe_subscriptions WITH (security_barrier) AS
  SELECT id, creator_id, status, stripe_subscription_id, stripe_customer_id
  FROM subscriptions WHERE subscriber_id = auth.uid();
GRANT SELECT ON own_stripe_subscriptions TO ${slice}_app;

GRANT SELECT (id, subscription_id, status, price_monthly, currency, started_at, current_period_start, current_period_end,
    cancelled_at, ended_at, version, created_at)
  ON subscription_history TO ${slice}_app;
CREATE POLICY "Users can view own subscriptions' history" ON subscription_history FOR SELECT TO ${slice}_app
  USING (EXISTS (SELECT FROM subscriptions s WHERE s.id = subscription_id
    AND (s.subscriber_id = (SELECT auth.uid()) OR s.creator_id = (SELECT auth.uid()))));

-- Checkouts. A checkout neither counts nor gives access. The worker completes it when Stripe says so.
CREATE TABLE checkouts (
  id UUID PRIMARY KEY,
  -- The same for every checkout of one pair, so that two paid at once are of one subscription.
  subscription_id UUID NOT NULL,
  subscriber_id UUID NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
  creator_id UUID REFERENCES profiles (id) ON DELETE CASCADE,
  tier TEXT CHECK (tier IN ('grow', 'elite', 'gladiator')),
  stripe_session_id TEXT UNIQUE CHECK (char_length(stripe_session_id) BETWEEN 1 AND 255),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT checkouts_for_a_creator_or_a_tier CHECK ((creator_id IS NULL) <> (tier IS NULL)),
  CONSTRAINT checkouts_not_to_oneself CHECK (subscriber_id <> creator_id)
);
CALL auth.guard('checkouts');
CREATE INDEX idx_checkouts_subscriber ON checkouts (subscriber_id, created_at DESC, id DESC);
CREATE INDEX idx_checkouts_creator ON checkouts (creator_id);
CREATE INDEX idx_checkouts_subscription ON checkouts (subscription_id);
CREATE TRIGGER update_checkouts_updated_at BEFORE UPDATE ON checkouts
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON checkouts TO ${slice}_app;
GRANT INSERT (id, subscription_id, subscriber_id, creator_id, tier), UPDATE (stripe_session_id) ON checkouts TO ${slice}_app;
CREATE POLICY "Users can view own checkouts" ON checkouts FOR SELECT TO ${slice}_app
  USING (subscriber_id = (SELECT auth.uid()));
CREATE POLICY "Users can start own checkouts" ON checkouts FOR INSERT TO ${slice}_app
  WITH CHECK (subscriber_id = (SELECT auth.uid()));
CREATE POLICY "Users can note the session of own checkouts" ON checkouts FOR UPDATE TO ${slice}_app
  USING (subscriber_id = (SELECT auth.uid()))
  WITH CHECK (subscriber_id = (SELECT auth.uid()));

-- A replica of social-service's blocks: a creator's block ends the subscription of the blocked.
CREATE TABLE blocks (
  blocker_id UUID NOT NULL,
  blocked_id UUID NOT NULL,
  blocker_incarnation BIGINT NOT NULL,
  blocked_incarnation BIGINT NOT NULL,
  is_blocking BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (blocker_id, blocked_id),
  CHECK (blocker_id <> blocked_id)
);
CALL auth.guard('blocks');
CREATE INDEX idx_blocks_blocked ON blocks (blocked_id);
CREATE TRIGGER update_blocks_updated_at BEFORE UPDATE ON blocks
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON blocks TO ${slice}_app;
-- Who wants to subscribe has to be told that they are blocked.
CREATE POLICY "Users can view own blocks" ON blocks FOR SELECT TO ${slice}_app
  USING (is_blocking AND (SELECT auth.uid()) IN (blocker_id, blocked_id));
