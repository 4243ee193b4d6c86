-- Migration: V005__prizes.sql
-- Description: What the platform pays to people: prizes of competitions, and shares of the legends pool
-- Author: TradoSphere
-- Date: 2026-11-30

-- A row is made with what is owed, and follows Stripe's transfer.
CREATE TABLE payouts (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  kind TEXT NOT NULL CHECK (kind IN ('prize', 'pool_share')),
  -- The competition of a prize, the pool of a share.
  source_id UUID NOT NULL,
  -- The participation of a prize, the share of a pool: each is paid once.
  winner_id UUID NOT NULL,
  -- NULL for a winner who is not known yet, and once that person has been erased: the debt stays on the books.
  profile_id UUID REFERENCES profiles (id),
  incarnation BIGINT,
  amount NUMERIC(14, 2) NOT NULL CHECK (amount > 0 AND amount < 1e12),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  -- Unfunded: nobody has paid the prize in yet. An admin releases it.
  status TEXT NOT NULL CHECK (status IN ('unfunded', 'owed', 'paid', 'failed')),
  -- Why the last attempt did not pay: Stripe's code.
  reason TEXT CHECK (char_length(reason) BETWEEN 1 AND 255),
  -- How often Stripe has refused. Each attempt after a refusal is another call to Stripe.
  refusals INTEGER NOT NULL DEFAULT 0,
  stripe_transfer_id TEXT UNIQUE CHECK (char_length(stripe_transfer_id) BETWEEN 1 AND 255),
  paid_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (kind, source_id, winner_id),
  CONSTRAINT payouts_paid_by_a_transfer CHECK ((status = 'paid') = (stripe_transfer_id IS NOT NULL)),
  CONSTRAINT payouts_person_has_an_incarnation CHECK (profile_id IS NULL OR incarnation IS NOT NULL)
);
CALL auth.guard('payouts');
CREATE INDEX idx_payouts_profile ON payouts (profile_id, created_at DESC, id DESC);
CREATE INDEX idx_payouts_due ON payouts (created_at, id) WHERE status IN ('owed', 'failed');
CREATE INDEX idx_payouts_newest ON payouts (created_at DESC, id DESC);
CREATE INDEX idx_payouts_without_person ON payouts (winner_id) WHERE profile_id IS NULL;
CREATE TRIGGER update_payouts_updated_at BEFORE UPDATE ON payouts
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT (id, kind, source_id, profile_id, incarnation, amount, currency, status, reason, paid_at, created_at, updated_at)
  ON payouts TO ${slice}_app, ${slice}_admin;
GRANT INSERT (kind, source_id, winner_id, profile_id, incarnation, amount, currency, status), UPDATE (status)
  ON payouts TO ${slice}_admin;
GRANT SELECT (profile_id, payouts_enabled) ON payout_accounts TO ${slice}_admin;
CREATE POLICY "Who can be paid is viewable by admins" ON payout_accounts FOR SELECT TO ${slice}_admin USING (true);
CREATE POLICY "Winners can view own payouts" ON payouts FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));
CREATE POLICY "Admins can view payouts" ON payouts FOR SELECT TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "Admins can owe shares" ON payouts FOR INSERT TO ${slice}_admin
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL AND kind = 'pool_share' AND status = 'owed');
CREATE POLICY "Admins can release prizes" ON payouts FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL AND status = 'unfunded') WITH CHECK (status = 'owed');

-- Who takes part in which competition, also hidden: the results name no hidden winner.
CREATE TABLE prize_candidates (
  participant_id UUID PRIMARY KEY,
  competition_id UUID NOT NULL,
  profile_id UUID NOT NULL,
  incarnation BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('prize_candidates');
CREATE INDEX idx_prize_candidates_profile ON prize_candidates (profile_id);
CREATE INDEX idx_prize_candidates_created_at ON prize_candidates USING brin (created_at);
CREATE TRIGGER update_prize_candidates_updated_at BEFORE UPDATE ON prize_candidates
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
