DROP INDEX idx_creators_not_backfilled;
ALTER TABLE creators DROP COLUMN backfilled;
DROP INDEX idx_follows_leftovers, idx_follows_not_fanned_out, idx_follows_fanned_out, idx_follows_merged;
ALTER TABLE follows
  DROP CONSTRAINT follows_ended_is_not_fanned_out,
  DROP COLUMN has_leftovers,
  DROP COLUMN merged_until;
