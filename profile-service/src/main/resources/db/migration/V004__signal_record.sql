-- Migration: V004__signal_record.sql
-- Description: Outcomes of each creator's signals in the order of resolution, from which streaks are computed
-- Author: TradoSphere
-- Date: 2026-11-23

-- One row per hit or miss; a cancelled signal has none. The key is the order of resolution, which signal-service makes strict
-- per creator. There is no foreign key, because erasure deletes in batches.
CREATE TABLE signal_outcomes (
  creator_id UUID NOT NULL,
  incarnation BIGINT NOT NULL,
  resolved_at TIMESTAMPTZ NOT NULL,
  signal_id UUID NOT NULL,
  hit BOOLEAN NOT NULL,
  -- Resolved by the market, not by the creator.
  verified BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (creator_id, incarnation, resolved_at, signal_id)
);
CALL auth.guard('signal_outcomes');
GRANT SELECT ON signal_outcomes TO ${slice}_app;
CREATE POLICY "Creators can view own outcomes" ON signal_outcomes FOR SELECT TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()));
