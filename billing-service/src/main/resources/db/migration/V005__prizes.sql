-- Migration: V005__prizes.sql
-- Description: What competitions owe to their winners
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE prizes_owed (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  competition_id UUID NOT NULL,
  -- NULL once that person has departed: the debt stays on the books.
  profile_id UUID REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  amount NUMERIC(14, 2) NOT NULL CHECK (amount > 0 AND amount < 1e12),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  stripe_transfer_id TEXT UNIQUE CHECK (char_length(stripe_transfer_id) BETWEEN 1 AND 255),
  paid_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (competition_id, profile_id)
);
CALL auth.guard('prizes_owed');
CREATE INDEX idx_prizes_owed_profile ON prizes_owed (profile_id, created_at DESC, id DESC);
CREATE TRIGGER update_prizes_owed_updated_at BEFORE UPDATE ON prizes_owed
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON prizes_owed TO ${slice}_app;
CREATE POLICY "Winners can view own prizes" ON prizes_owed FOR SELECT TO ${slice}_app
  USING (profile_id = (SELECT auth.uid()));
