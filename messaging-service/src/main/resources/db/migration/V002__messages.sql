-- Migration: V002__messages.sql
-- Description: Direct messages, conversations with the last message and the unread counts, receipts, removals, sending rates
-- Author: TradoSphere
-- Date: 2026-11-22

-- Locks are taken in one order: profiles, messages by (sent_at, id), mailboxes by user_id, conversations by id.

-- One row per pair of people, the lower id first. An erased person's id becomes NULL: what the other wrote stays.
CREATE TABLE conversations (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  low_id UUID REFERENCES profiles (id),
  high_id UUID REFERENCES profiles (id),
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
-- A CASE is intentional. OR leads the planner to index conditions, and ANY to an estimate of one row. Both read and sort a
-- whole inbox instead of the first page by index.
CREATE POLICY "Users can view own conversations" ON conversations FOR SELECT TO ${slice}_app
  USING (CASE WHEN low_id = (SELECT auth.uid()) THEN true ELSE high_id = (SELECT auth.uid()) END);

-- recipient_id is NULL once the recipient is erased.
CREATE TABLE messages (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  conversation_id UUID NOT NULL REFERENCES conversations (id),
  sender_id UUID NOT NULL REFERENCES profiles (id),
  recipient_id UUID REFERENCES profiles (id),
  content TEXT NOT NULL CHECK (char_length(content) BETWEEN 1 AND 4000 AND content ~ '\S'),
  read_at TIMESTAMPTZ,
  sent_at TIMESTAMPTZ NOT NULL,
  sender_change BIGINT NOT NULL,
  recipient_change BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT messages_not_to_oneself CHECK (sender_id <> recipient_id)
);
CALL auth.guard('messages');
CREATE INDEX idx_messages_conversation ON messages (conversation_id, sent_at DESC, id DESC);
CREATE INDEX idx_messages_recipient ON messages (recipient_id, recipient_change);
CREATE INDEX idx_messages_sender ON messages (sender_id, sender_change);
CREATE INDEX idx_messages_unread ON messages (conversation_id, recipient_id, sent_at, id) WHERE read_at IS NULL;

-- Assigns a message to its conversation, and numbers it for both people. The row of the conversation is locked until the commit, so
-- sent_at increases strictly within it. A page of messages therefore cannot gain a row in its middle.
CREATE FUNCTION assign_conversation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  NEW.read_at := NULL;
  NEW.sent_at := clock_timestamp();
  NEW.sender_change := 0;
  NEW.recipient_change := 0;
  IF NEW.recipient_id IS NULL THEN
    RAISE EXCEPTION 'a message has a recipient' USING ERRCODE = 'not_null_violation';
  END IF;
  IF NEW.sender_id IS NULL OR NEW.sender_id = NEW.recipient_id THEN
    -- The constraints of the table report these errors.
    NEW.conversation_id := NEW.id;
    RETURN NEW;
  END IF;
  -- Erasure locks the profile before what it deletes last.
  PERFORM FROM profiles WHERE id IN (NEW.sender_id, NEW.recipient_id) ORDER BY id FOR KEY SHARE;
  PERFORM lock_mailboxes(ARRAY[NEW.sender_id, NEW.recipient_id]);
  NEW.sender_change := next_change(NEW.sender_id);
  NEW.recipient_change := next_change(NEW.recipient_id);
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
CREATE TRIGGER assign_conversations BEFORE INSERT ON messages
  FOR EACH ROW EXECUTE FUNCTION assign_conversation();

-- A message is immutable, with two exceptions. read_at can be set once, by the clock of the server. The recipient can be erased.
CREATE FUNCTION guard_message() RETURNS trigger
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.id, NEW.conversation_id, NEW.sender_id, coalesce(NEW.recipient_id, OLD.recipient_id), NEW.content, NEW.sent_at,
      NEW.sender_change, NEW.recipient_change)
    IS DISTINCT FROM (OLD.id, OLD.conversation_id, OLD.sender_id, OLD.recipient_id, OLD.content, OLD.sent_at,
      OLD.sender_change, OLD.recipient_change) THEN
    RAISE EXCEPTION 'a message is immutable' USING ERRCODE = 'check_violation', CONSTRAINT = 'messages_immutable';
  END IF;
  NEW.read_at := coalesce(OLD.read_at, CASE WHEN NEW.read_at IS NOT NULL THEN clock_timestamp() END);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_messages BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION guard_message();
CREATE TRIGGER update_messages_updated_at BEFORE UPDATE ON messages
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- How far a person has read a conversation: the newest message read, and when. Both people hear of it.
CREATE TABLE receipts (
  conversation_id UUID NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  reader_id UUID NOT NULL,
  sender_id UUID NOT NULL,
  message_id UUID NOT NULL,
  read_at TIMESTAMPTZ NOT NULL,
  reader_change BIGINT NOT NULL,
  sender_change BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (conversation_id, reader_id)
);
CALL auth.guard('receipts');
CREATE INDEX idx_receipts_reader ON receipts (reader_id, reader_change);
CREATE INDEX idx_receipts_sender ON receipts (sender_id, sender_change);
CREATE TRIGGER update_receipts_updated_at BEFORE UPDATE ON receipts
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON receipts TO ${slice}_app;
CREATE POLICY "Users can view own receipts" ON receipts FOR SELECT TO ${slice}_app
  USING (CASE WHEN reader_id = (SELECT auth.uid()) THEN true ELSE sender_id = (SELECT auth.uid()) END);

-- What a person no longer has, so that their clients can be told. conversation_id is NULL for a notification.
CREATE TABLE removals (
  user_id UUID NOT NULL,
  change BIGINT NOT NULL,
  item_id UUID NOT NULL,
  conversation_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, change)
);
CALL auth.guard('removals');
CREATE INDEX idx_removals_created_at ON removals USING brin (created_at);
GRANT SELECT ON removals TO ${slice}_app;
CREATE POLICY "Users can view own removals" ON removals FOR SELECT TO ${slice}_app
  USING (user_id = (SELECT auth.uid()));

-- Takes what was read out of the unread counts, and writes the receipts.
CREATE FUNCTION record_reads() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  people uuid[];
BEGIN
  people := ARRAY(
    SELECT unnest(ARRAY[after.sender_id, after.recipient_id]) FROM before JOIN after USING (id)
    WHERE before.read_at IS NULL AND after.read_at IS NOT NULL AND after.recipient_id IS NOT NULL);
  IF people = '{}' THEN
    RETURN NULL;
  END IF;
  PERFORM lock_mailboxes(people);
  PERFORM FROM conversations WHERE id IN (SELECT conversation_id FROM before) ORDER BY id FOR UPDATE;
  UPDATE conversations c
    SET low_unread = greatest(c.low_unread - delta.low, 0), high_unread = greatest(c.high_unread - delta.high, 0)
    FROM (SELECT conversation_id, count(*) FILTER (WHERE recipient_id < sender_id) AS low,
              count(*) FILTER (WHERE recipient_id > sender_id) AS high
            FROM before JOIN after USING (id, conversation_id, recipient_id, sender_id)
            WHERE before.read_at IS NULL AND after.read_at IS NOT NULL GROUP BY conversation_id) AS delta
    WHERE c.id = delta.conversation_id;
  INSERT INTO receipts AS r (conversation_id, reader_id, sender_id, message_id, read_at, reader_change, sender_change)
    SELECT newest.conversation_id, newest.recipient_id, newest.sender_id, newest.id, newest.read_at,
      next_change(newest.recipient_id), next_change(newest.sender_id)
    FROM (SELECT DISTINCT ON (conversation_id, recipient_id) conversation_id, recipient_id, sender_id, after.id, after.read_at
            FROM before JOIN after USING (id, conversation_id, recipient_id, sender_id)
            WHERE before.read_at IS NULL AND after.read_at IS NOT NULL
            ORDER BY conversation_id, recipient_id, after.sent_at DESC, after.id DESC) AS newest
    ON CONFLICT (conversation_id, reader_id) DO UPDATE
      SET message_id = excluded.message_id, read_at = excluded.read_at,
          reader_change = excluded.reader_change, sender_change = excluded.sender_change;
  RETURN NULL;
END $$;
CREATE TRIGGER record_reads_of_messages AFTER UPDATE ON messages
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION record_reads();

-- Takes deleted messages out of the unread counts, renews the last message, and notes the removal for both people.
CREATE FUNCTION record_removals() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  people uuid[];
BEGIN
  people := ARRAY(SELECT person FROM before CROSS JOIN LATERAL unnest(ARRAY[sender_id, recipient_id]) AS person
    WHERE person IS NOT NULL);
  IF people = '{}' THEN
    RETURN NULL;
  END IF;
  PERFORM lock_mailboxes(people);
  PERFORM FROM conversations WHERE id IN (SELECT conversation_id FROM before) ORDER BY id FOR UPDATE;
  DELETE FROM conversations c
    WHERE c.id IN (SELECT conversation_id FROM before)
      AND NOT EXISTS (SELECT FROM messages m WHERE m.conversation_id = c.id);
  UPDATE conversations c
    SET low_unread = greatest(c.low_unread - delta.low, 0), high_unread = greatest(c.high_unread - delta.high, 0),
        last_message_id = newest.id, last_sent_at = newest.sent_at
    FROM (SELECT conversation_id, count(*) FILTER (WHERE recipient_id < sender_id AND read_at IS NULL) AS low,
              count(*) FILTER (WHERE recipient_id > sender_id AND read_at IS NULL) AS high
            FROM before GROUP BY conversation_id) AS delta
      CROSS JOIN LATERAL (SELECT m.id, m.sent_at FROM messages m WHERE m.conversation_id = delta.conversation_id
        ORDER BY m.sent_at DESC, m.id DESC LIMIT 1) AS newest
    WHERE c.id = delta.conversation_id;
  INSERT INTO removals (user_id, change, item_id, conversation_id)
    SELECT person, next_change(person), removed.id, removed.conversation_id
    FROM (SELECT * FROM before ORDER BY sent_at, id) AS removed
      CROSS JOIN LATERAL unnest(ARRAY[removed.sender_id, removed.recipient_id]) AS person
    WHERE person IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER record_removals_of_messages AFTER DELETE ON messages
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION record_removals();

-- No grant on id: an insert that does nothing on conflict would have been counted as unread.
GRANT SELECT, DELETE ON messages TO ${slice}_app;
GRANT INSERT (sender_id, recipient_id, content), UPDATE (read_at) ON messages TO ${slice}_app;
CREATE POLICY "Users can view own messages" ON messages FOR SELECT TO ${slice}_app
  USING (CASE WHEN sender_id = (SELECT auth.uid()) THEN true ELSE recipient_id = (SELECT auth.uid()) END);
CREATE POLICY "Users can send messages" ON messages FOR INSERT TO ${slice}_app
  WITH CHECK (sender_id = (SELECT auth.uid()) AND writing_refusal(recipient_id) IS NULL);
CREATE POLICY "Recipients can mark as read" ON messages FOR UPDATE TO ${slice}_app
  USING (recipient_id = (SELECT auth.uid())) WITH CHECK (recipient_id = (SELECT auth.uid()));
CREATE POLICY "Senders can delete messages" ON messages FOR DELETE TO ${slice}_app
  USING (sender_id = (SELECT auth.uid()));

-- A sender's rate as a leaky bucket: each message fills it for a while, and it is empty at empty_at.
CREATE TABLE sending_rates (
  user_id UUID PRIMARY KEY,
  empty_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
) WITH (fillfactor = 70);
CALL auth.guard('sending_rates');
CREATE TRIGGER update_sending_rates_updated_at BEFORE UPDATE ON sending_rates
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, INSERT (user_id, empty_at), UPDATE (empty_at) ON sending_rates TO ${slice}_app;
CREATE POLICY "Users spend their own rate" ON sending_rates FOR ALL TO ${slice}_app
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));
