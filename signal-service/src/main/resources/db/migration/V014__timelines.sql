-- Migration: V014__timelines.sql
-- Description: From which moment on each follow is fanned out, so that a feed is right at any time and timelines can follow later
-- Author: TradoSphere
-- Date: 2026-11-25

-- What the creator posted up to merged_until a feed reads from signals, what came later from the reader's timeline. A new follow
-- begins at infinity, and so does every follow of a star and stay there: the feed is complete at once. Filling the timeline and
-- moving the moment is one transaction, and changes no feed. Rows of the timeline up to merged_until count for nothing; while
-- has_leftovers there may be some.
ALTER TABLE follows
  ADD COLUMN merged_until TIMESTAMPTZ NOT NULL DEFAULT 'infinity',
  ADD COLUMN has_leftovers BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT follows_ended_is_not_fanned_out CHECK (is_following OR merged_until = 'infinity');
-- A reader's follows that a page reaching down to some moment has to merge. Most are not in it: of ordinary creators everything
-- is in the timeline.
CREATE INDEX idx_follows_merged ON follows (follower_id, merged_until) INCLUDE (following_id)
  WHERE is_following AND merged_until > '-infinity';
-- Into whose timelines a creator's signal goes; of a star, into none.
CREATE INDEX idx_follows_fanned_out ON follows (following_id, follower_id) WHERE merged_until < 'infinity';
CREATE INDEX idx_follows_not_fanned_out ON follows (following_id, follower_id) WHERE is_following AND merged_until = 'infinity';
CREATE INDEX idx_follows_leftovers ON follows (following_id, follower_id) WHERE has_leftovers;

-- Whether there is nothing left to do about the creator's follows: new ones to fan out, those of a new star to end, leftovers.
ALTER TABLE creators ADD COLUMN settled BOOLEAN NOT NULL DEFAULT true;
CREATE INDEX idx_creators_unsettled ON creators (id) WHERE NOT settled;
