-- Migration: V002__messages.sql
-- Description: Direct messages, and a row a pair that keeps the last of them and what is unread
-- Author: TradoSphere
-- Date: 2026-11-22

-- One row a pair of people, the lower id first: two who write to each other at once lock one row, so they cannot deadlock.
CREATE TABLE conversations (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  low_id UUID NOT NULL REFERENCES profiles (id),
  high_id UUID NOT NULL REFERENCES profiles (id),
  last_message_id UUID NOT NULL,
  last_sent_at TIMESTAMPTZ NOT NULL,
  low_unread BIGINT NOT NULL DEFAULT 0 CHECK (low_unread >= 0),
  high_unread BIGINT NOT NULL DEFAULT 0 CHECK (high_unread >= 0),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (low_id, high_id),
  CHECK (low_id < high_id)
) WITH (fillfactor = 80);
CALL auth.guard('conversations');
CREATE INDEX idx_conversations_low ON conversations (low_id, last_sent_at DESC, id DESC);
CREATE INDEX idx_conversations_high ON conversations (high_id, last_sent_at DESC, id DESC);
CREATE TRIGGER update_conversations_updated_at BEFORE UPDATE ON conversations
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON conversations TO ${slice}_app;
-- A CASE on purpose. Of low_id = … OR high_id = … the planner makes index conditions, of … = ANY (ARRAY[…]) an estimate of one
-- row; both times it reads a person's whole inbox and sorts it, instead of the first page by index.
CREATE POLICY "Users can view own conversations" ON conversations FOR SELECT TO ${slice}_app
  USING (CASE WHEN low_id = (SELECT auth.uid()) THEN true ELSE high_id = (SELECT auth.uid()) END);

CREATE TABLE messages (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  conversation_id UUID NOT NULL REFERENCES conversations (id),
  sender_id UUID NOT NULL REFERENCES profiles (id),
  recipient_id UUID NOT NULL REFERENCES profiles (id),
  content TEXT NOT NULL CHECK (char_length(content) BETWEEN 1 AND 4000 AND content ~ '\S'),
  read_at TIMESTAMPTZ,
  sent_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT messages_not_to_oneself CHECK (sender_id <> recipient_id)
);
CALL auth.guard('messages');
CREATE INDEX idx_messages_conversation ON messages (conversation_id, sent_at DESC, id DESC);
CREATE INDEX idx_messages_recipient ON messages (recipient_id, sent_at DESC, id DESC);
CREATE INDEX idx_messages_sender ON messages (sender_id, sent_at DESC, id DESC);
CREATE INDEX idx_messages_unread ON messages (recipient_id, conversation_id) WHERE read_at IS NULL;

-- Puts a message into its conversation. The conversation's row is locked from here to the commit, so sent_at grows strictly
-- within it, and a page of messages cannot gain a row in its middle.
CREATE FUNCTION file_message() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  NEW.read_at := NULL;
  NEW.sent_at := clock_timestamp();
  IF NEW.sender_id IS NULL OR NEW.recipient_id IS NULL OR NEW.sender_id = NEW.recipient_id THEN
    -- The constraints below say what is wrong better than a conversation could.
    NEW.conversation_id := NEW.id;
    RETURN NEW;
  END IF;
  INSERT INTO conversations AS c (low_id, high_id, last_message_id, last_sent_at, low_unread, high_unread)
    VALUES (least(NEW.sender_id, NEW.recipient_id), greatest(NEW.sender_id, NEW.recipient_id), NEW.id, NEW.sent_at,
      (NEW.recipient_id < NEW.sender_id)::int, (NEW.recipient_id > NEW.sender_id)::int)
    ON CONFLICT (low_id, high_id) DO UPDATE
      SET last_message_id = excluded.last_message_id,
          last_sent_at = greatest(clock_timestamp(), c.last_sent_at + interval '1 microsecond'),
          low_unread = c.low_unread + excluded.low_unread,
          high_unread = c.high_unread + excluded.high_unread
    RETURNING c.id, c.last_sent_at INTO NEW.conversation_id, NEW.sent_at;
  RETURN NEW;
END $$;
CREATE TRIGGER file_messages BEFORE INSERT ON messages
  FOR EACH ROW EXECUTE FUNCTION file_message();

-- A message is what it was; only that it has been read can be added, once, by the server's clock.
CREATE FUNCTION guard_message() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.conversation_id, NEW.sender_id, NEW.recipient_id, NEW.content, NEW.sent_at)
    IS DISTINCT FROM (OLD.id, OLD.conversation_id, OLD.sender_id, OLD.recipient_id, OLD.content, OLD.sent_at) THEN
    RAISE EXCEPTION 'a message is immutable' USING ERRCODE = 'check_violation', CONSTRAINT = 'messages_immutable';
  END IF;
  NEW.read_at := coalesce(OLD.read_at, CASE WHEN NEW.read_at IS NOT NULL THEN clock_timestamp() END);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_messages BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION guard_message();
CREATE TRIGGER update_messages_updated_at BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Takes what was read or deleted out of the unread counts, and gives a conversation its last message anew.
CREATE FUNCTION settle_conversations() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM conversations WHERE id IN (SELECT conversation_id FROM before) ORDER BY id FOR UPDATE;
  IF TG_OP = 'UPDATE' THEN
    UPDATE conversations c
      SET low_unread = greatest(c.low_unread - settled.low, 0), high_unread = greatest(c.high_unread - settled.high, 0)
      FROM (SELECT conversation_id, count(*) FILTER (WHERE recipient_id < sender_id) AS low,
                count(*) FILTER (WHERE recipient_id > sender_id) AS high
              FROM before JOIN after USING (id, conversation_id, recipient_id, sender_id)
              WHERE before.read_at IS NULL AND after.read_at IS NOT NULL GROUP BY conversation_id) AS settled
      WHERE c.id = settled.conversation_id;
    RETURN NULL;
  END IF;
  DELETE FROM conversations c
    WHERE c.id IN (SELECT conversation_id FROM before)
      AND NOT EXISTS (SELECT FROM messages m WHERE m.conversation_id = c.id);
  UPDATE conversations c
    SET low_unread = greatest(c.low_unread - settled.low, 0), high_unread = greatest(c.high_unread - settled.high, 0),
        last_message_id = newest.id, last_sent_at = newest.sent_at
    FROM (SELECT conversation_id, count(*) FILTER (WHERE recipient_id < sender_id AND read_at IS NULL) AS low,
              count(*) FILTER (WHERE recipient_id > sender_id AND read_at IS NULL) AS high
            FROM before GROUP BY conversation_id) AS settled
      CROSS JOIN LATERAL (SELECT m.id, m.sent_at FROM messages m WHERE m.conversation_id = settled.conversation_id
        ORDER BY m.sent_at DESC, m.id DESC LIMIT 1) AS newest
    WHERE c.id = settled.conversation_id;
  RETURN NULL;
END $$;
CREATE TRIGGER settle_read_messages AFTER UPDATE ON messages
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION settle_conversations();
CREATE TRIGGER settle_deleted_messages AFTER DELETE ON messages
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION settle_conversations();

-- No grant on id: an insert that met a conflict and did nothing would have been counted as unread.
GRANT SELECT, DELETE ON messages TO ${slice}_app;
GRANT INSERT (sender_id, recipient_id, content), UPDATE (read_at) ON messages TO ${slice}_app;
CREATE POLICY "Users can view own messages" ON messages FOR SELECT TO ${slice}_app
  USING (CASE WHEN sender_id = (SELECT auth.uid()) THEN true ELSE recipient_id = (SELECT auth.uid()) END);
CREATE POLICY "Users can send messages" ON messages FOR INSERT TO ${slice}_app
  WITH CHECK (sender_id = (SELECT auth.uid()) AND NOT blocked_by(recipient_id));
CREATE POLICY "Recipients can mark as read" ON messages FOR UPDATE TO ${slice}_app
  USING (recipient_id = (SELECT auth.uid())) WITH CHECK (recipient_id = (SELECT auth.uid()));
CREATE POLICY "Senders can delete messages" ON messages FOR DELETE TO ${slice}_app
  USING (sender_id = (SELECT auth.uid()));
