-- Migration: V004__realtime.sql
-- Description: Tickets that open an event stream, and how far back a stream can resume
-- Author: TradoSphere
-- Date: 2026-11-30

-- Removals up to this number are forgotten: a client that has seen less cannot be told all that it missed.
ALTER TABLE mailboxes ADD COLUMN forgotten_until BIGINT NOT NULL DEFAULT 0;

-- Tickets by digest: a ticket itself is never stored. Using one deletes it.
CREATE TABLE realtime_tickets (
  digest BYTEA PRIMARY KEY CHECK (octet_length(digest) = 32),
  user_id UUID NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
  expires_at TIMESTAMPTZ NOT NULL,
  -- When the token expires that bought it, and so the stream
  token_expires_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('realtime_tickets');
CREATE INDEX idx_realtime_tickets_user ON realtime_tickets (user_id);
CREATE TRIGGER update_realtime_tickets_updated_at BEFORE UPDATE ON realtime_tickets
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT INSERT (digest, user_id, expires_at, token_expires_at) ON realtime_tickets TO ${slice}_app;
CREATE POLICY "Users can buy tickets for themselves" ON realtime_tickets FOR INSERT TO ${slice}_app
  WITH CHECK (user_id = (SELECT auth.uid()));
