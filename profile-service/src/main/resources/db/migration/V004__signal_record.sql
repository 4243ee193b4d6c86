-- Migration: V004__signal_record.sql
-- Description: How each creator's signals came out, in the order of their resolution: what streaks are made of
-- Author: TradoSphere
-- Date: 2026-11-23

-- One narrow row a hit or miss; a cancelled signal leaves a streak alone and has none. The key is the order of resolution, which
-- signal-service makes strict for each creator. No foreign key: who leaves is forgotten part by part.
CREATE TABLE signal_outcomes (
  creator_id UUID NOT NULL,
  incarnation BIGINT NOT NULL,
  resolved_at TIMESTAMPTZ NOT NULL,
  signal_id UUID NOT NULL,
  hit BOOLEAN NOT NULL,
  -- Resolved by the market, not by the creator's word.
  verified BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (creator_id, incarnation, resolved_at, signal_id)
);
CALL auth.guard('signal_outcomes');
GRANT SELECT ON signal_outcomes TO ${slice}_app;
CREATE POLICY "Outcomes are their creator's" ON signal_outcomes FOR SELECT TO ${slice}_app
  USING (creator_id = (SELECT auth.uid()));
