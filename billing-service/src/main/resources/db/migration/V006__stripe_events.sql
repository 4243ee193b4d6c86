-- Migration: V006__stripe_events.sql
-- Description: Events of Stripe, the objects to fetch because of them, what must still be done at Stripe, refunds
-- Author: TradoSphere
-- Date: 2026-11-30

-- An event says that an object changed, not how: its payload is old when it arrives, and holds personal data.
CREATE TABLE stripe_events (
  id TEXT PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 255),
  type TEXT NOT NULL CHECK (char_length(type) BETWEEN 1 AND 255),
  object_id TEXT CHECK (char_length(object_id) BETWEEN 1 AND 255),
  object_type TEXT CHECK (char_length(object_type) BETWEEN 1 AND 255),
  account TEXT CHECK (char_length(account) BETWEEN 1 AND 255),
  api_version TEXT CHECK (char_length(api_version) BETWEEN 1 AND 255),
  occurred_at TIMESTAMPTZ NOT NULL,
  -- Parked: it could not be applied, and an operator has to look. Ignored: nothing here depends on such an object.
  status TEXT NOT NULL CHECK (status IN ('pending', 'applied', 'ignored', 'parked')),
  reason TEXT CHECK (char_length(reason) BETWEEN 1 AND 1000),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT stripe_events_parked_with_a_reason CHECK (status <> 'parked' OR reason IS NOT NULL)
);
CALL auth.guard('stripe_events');
CREATE INDEX idx_stripe_events_created_at ON stripe_events USING brin (created_at);
CREATE INDEX idx_stripe_events_object ON stripe_events (object_id) WHERE status IN ('pending', 'parked');
CREATE TRIGGER update_stripe_events_updated_at BEFORE UPDATE ON stripe_events
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- The objects of Stripe to fetch. One instance fetches an object at a time: it claims the row before the fetch, and applies
-- what it fetched only while the claim is still its own. So what is applied last was fetched last.
CREATE TABLE stripe_objects (
  id TEXT PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 255),
  type TEXT NOT NULL CHECK (char_length(type) BETWEEN 1 AND 255),
  -- How often a fetch was requested, and the request that the last applied fetch answers.
  requested BIGINT NOT NULL DEFAULT 1,
  fetched BIGINT NOT NULL DEFAULT 0,
  claim UUID,
  claimed_until TIMESTAMPTZ,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  parked_at TIMESTAMPTZ,
  reason TEXT CHECK (char_length(reason) BETWEEN 1 AND 1000),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT stripe_objects_fetched_by_request CHECK (fetched BETWEEN 0 AND requested),
  CONSTRAINT stripe_objects_claim_has_an_end CHECK ((claim IS NULL) = (claimed_until IS NULL)),
  CONSTRAINT stripe_objects_parked_with_a_reason CHECK (parked_at IS NULL OR reason IS NOT NULL)
);
CALL auth.guard('stripe_objects');
CREATE INDEX idx_stripe_objects_due ON stripe_objects (next_attempt_at) WHERE requested > fetched AND parked_at IS NULL;
CREATE INDEX idx_stripe_objects_updated_at ON stripe_objects USING brin (updated_at);
CREATE TRIGGER update_stripe_objects_updated_at BEFORE UPDATE ON stripe_objects
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- What must still be done at Stripe, such as cancelling the subscription of an erased person. A row names no person.
CREATE TABLE stripe_tasks (
  kind TEXT NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 255),
  stripe_id TEXT NOT NULL CHECK (char_length(stripe_id) BETWEEN 1 AND 255),
  -- Another id at Stripe that the kind needs.
  other_stripe_id TEXT CHECK (char_length(other_stripe_id) BETWEEN 1 AND 255),
  claim UUID,
  claimed_until TIMESTAMPTZ,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  parked_at TIMESTAMPTZ,
  reason TEXT CHECK (char_length(reason) BETWEEN 1 AND 1000),
  -- How often it was requested. A task that is requested while it runs runs once more.
  requested BIGINT NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, stripe_id),
  CONSTRAINT stripe_tasks_claim_has_an_end CHECK ((claim IS NULL) = (claimed_until IS NULL)),
  CONSTRAINT stripe_tasks_parked_with_a_reason CHECK (parked_at IS NULL OR reason IS NOT NULL)
);
CALL auth.guard('stripe_tasks');
CREATE INDEX idx_stripe_tasks_due ON stripe_tasks (next_attempt_at) WHERE parked_at IS NULL;
CREATE TRIGGER update_stripe_tasks_updated_at BEFORE UPDATE ON stripe_tasks
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- How far Stripe's list of events is read; one row.
CREATE TABLE stripe_event_list (
  only_row BOOLEAN PRIMARY KEY DEFAULT true CHECK (only_row),
  read_until TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('stripe_event_list');
CREATE TRIGGER update_stripe_event_list_updated_at BEFORE UPDATE ON stripe_event_list
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Money that went back to who paid: refunds and disputes. A row follows Stripe. Both parties of the subscription see it.
CREATE TABLE refunds (
  stripe_id TEXT PRIMARY KEY CHECK (char_length(stripe_id) BETWEEN 1 AND 255),
  kind TEXT NOT NULL CHECK (kind IN ('refund', 'dispute')),
  -- NULL when it was paid for something else, such as a tier. A refund may be fetched before its subscription is.
  subscription_id UUID,
  amount NUMERIC(15, 3) NOT NULL CHECK (amount >= 0 AND amount < 1e12),
  currency TEXT NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- Stripe's own words.
  status TEXT NOT NULL CHECK (char_length(status) BETWEEN 1 AND 255),
  reason TEXT CHECK (char_length(reason) BETWEEN 1 AND 255),
  occurred_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('refunds');
CREATE INDEX idx_refunds_subscription ON refunds (subscription_id, occurred_at DESC, stripe_id);
CREATE INDEX idx_refunds_occurred_at ON refunds (occurred_at DESC, stripe_id);
CREATE TRIGGER update_refunds_updated_at BEFORE UPDATE ON refunds
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT (kind, subscription_id, amount, currency, status, reason, occurred_at) ON refunds TO ${slice}_app;
CREATE POLICY "Users can view refunds of own subscriptions" ON refunds FOR SELECT TO ${slice}_app
  USING (EXISTS (SELECT FROM subscriptions s WHERE s.id = subscription_id
    AND (s.subscriber_id = (SELECT auth.uid()) OR s.creator_id = (SELECT auth.uid()))));
