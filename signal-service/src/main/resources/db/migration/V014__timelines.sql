-- Migration: V014__timelines.sql
-- Description: The moment since which each follow is fanned out, so that a feed is always complete and timelines are backfilled later
-- Author: TradoSphere
-- Date: 2026-11-25

-- Signals posted up to merged_until are read from signals, later ones from the reader's timeline. A new follow starts at
-- infinity, so its feed is complete at once; follows of a star stay there. A backfill inserts rows and moves merged_until in
-- one transaction, which changes no feed. Timeline rows up to merged_until are ignored. has_leftovers says that there may be
-- such rows.
ALTER TABLE follows
  ADD COLUMN merged_until TIMESTAMPTZ NOT NULL DEFAULT 'infinity',
  ADD COLUMN has_leftovers BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT follows_ended_is_not_fanned_out CHECK (is_following OR merged_until = 'infinity');
-- The follows of a reader that a page must merge. Most follows are not in it: signals of ordinary creators are all in the
-- timeline.
CREATE INDEX idx_follows_merged ON follows (follower_id, merged_until) INCLUDE (following_id)
  WHERE is_following AND merged_until > '-infinity';
-- The followers to whose timelines a creator's signals are fanned out; for a star there are none.
CREATE INDEX idx_follows_fanned_out ON follows (following_id, follower_id) WHERE merged_until < 'infinity';
CREATE INDEX idx_follows_not_fanned_out ON follows (following_id, follower_id) WHERE is_following AND merged_until = 'infinity';
CREATE INDEX idx_follows_leftovers ON follows (following_id, follower_id) WHERE has_leftovers;

-- False while work is left on the creator's follows: new ones to backfill, those of a new star to end, or leftovers to delete.
ALTER TABLE creators ADD COLUMN backfilled BOOLEAN NOT NULL DEFAULT true;
CREATE INDEX idx_creators_not_backfilled ON creators (id) WHERE NOT backfilled;
