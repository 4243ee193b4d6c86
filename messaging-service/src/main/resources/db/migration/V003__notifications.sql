-- Migration: V003__notifications.sql
-- Description: Notifications with their causes, written from events alone; preferences by type; fan-outs to many people
-- Author: TradoSphere
-- Date: 2026-11-22

ALTER TABLE mailboxes ADD COLUMN unread_notification_count BIGINT NOT NULL DEFAULT 0 CHECK (unread_notification_count >= 0);

-- What is unread about one subject is one row, with the number of its causes and the latest actor. The title names no person: an
-- erased one would stay in it. No foreign keys, since an event may arrive before the profile.
CREATE TABLE notifications (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  user_id UUID NOT NULL,
  type TEXT NOT NULL CHECK (type ~ '^[a-z][a-z0-9_-]{0,49}$'),
  subject TEXT NOT NULL DEFAULT '' CHECK (char_length(subject) <= 200),
  title TEXT NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  content TEXT CHECK (char_length(content) <= 2000),
  data JSONB CHECK (jsonb_typeof(data) = 'object' AND octet_length(data::text) <= 4000),
  actor_id UUID,
  cause_count BIGINT NOT NULL DEFAULT 1 CHECK (cause_count > 0),
  occurred_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  read_at TIMESTAMPTZ,
  change BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('notifications');
CREATE UNIQUE INDEX idx_notifications_unread_subject ON notifications (user_id, type, subject) WHERE read_at IS NULL;
CREATE INDEX idx_notifications_user ON notifications (user_id, occurred_at DESC, id DESC);
CREATE INDEX idx_notifications_user_unread ON notifications (user_id, occurred_at DESC, id DESC) WHERE read_at IS NULL;
CREATE INDEX idx_notifications_change ON notifications (user_id, change);
CREATE INDEX idx_notifications_actor ON notifications (actor_id);

-- Numbers each new or changed notification, and keeps read_at by the clock of the server.
CREATE FUNCTION guard_notification() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    NEW.read_at := coalesce(OLD.read_at, CASE WHEN NEW.read_at IS NOT NULL THEN now() END);
    IF NEW IS NOT DISTINCT FROM OLD THEN
      RETURN NULL;
    END IF;
  END IF;
  PERFORM lock_mailboxes(ARRAY[NEW.user_id]);
  NEW.change := nextval('change_sequence');
  RETURN NEW;
END $$;
CREATE TRIGGER guard_notifications BEFORE INSERT OR UPDATE ON notifications
  FOR EACH ROW EXECUTE FUNCTION guard_notification();
CREATE TRIGGER update_notifications_updated_at BEFORE UPDATE ON notifications
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Keeps the unread count equal to the rows, whoever writes them, and notes what is gone.
CREATE FUNCTION count_notifications() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE mailboxes m SET unread_notification_count = m.unread_notification_count + delta.by,
        last_change = greatest(m.last_change, delta.change)
      FROM (SELECT user_id, count(*) FILTER (WHERE read_at IS NULL) AS by, max(change) AS change FROM after GROUP BY user_id) AS delta
      WHERE m.user_id = delta.user_id;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE mailboxes m SET unread_notification_count = m.unread_notification_count + delta.by,
        last_change = greatest(m.last_change, delta.change)
      FROM (SELECT user_id, count(*) FILTER (WHERE after.read_at IS NULL) - count(*) FILTER (WHERE before.read_at IS NULL) AS by,
              max(after.change) AS change
            FROM before JOIN after USING (id, user_id) GROUP BY user_id) AS delta
      WHERE m.user_id = delta.user_id;
  ELSE
    PERFORM lock_mailboxes(ARRAY(SELECT user_id FROM before));
    UPDATE mailboxes m SET unread_notification_count = m.unread_notification_count - delta.by
      FROM (SELECT user_id, count(*) FILTER (WHERE read_at IS NULL) AS by FROM before GROUP BY user_id) AS delta
      WHERE m.user_id = delta.user_id;
    INSERT INTO removals (user_id, change, item_id) SELECT user_id, next_change(user_id), id FROM before ORDER BY user_id, id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_new_notifications AFTER INSERT ON notifications
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_notifications();
CREATE TRIGGER count_changed_notifications AFTER UPDATE ON notifications
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_notifications();
CREATE TRIGGER count_deleted_notifications AFTER DELETE ON notifications
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION count_notifications();

GRANT SELECT, UPDATE (read_at) ON notifications TO ${slice}_app;
CREATE POLICY "Users can view own notifications" ON notifications FOR SELECT TO ${slice}_app
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY "Users can mark own notifications as read" ON notifications FOR UPDATE TO ${slice}_app
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

-- Locks the caller's mailbox. Consumers lock mailboxes before notifications; so does whoever marks several as read.
CREATE FUNCTION lock_own_mailbox() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
  SELECT lock_mailboxes(ARRAY[auth.uid()]) WHERE auth.uid() IS NOT NULL
$$;
REVOKE EXECUTE ON FUNCTION lock_own_mailbox() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_own_mailbox() TO ${slice}_app;

-- What notifications are made of. A cause counts once, whatever is replayed: only an event with a higher sequence applies. The row
-- outlives an undone cause to keep the sequence. One that was read is never notified again.
CREATE TABLE notification_causes (
  user_id UUID NOT NULL,
  cause TEXT NOT NULL,
  notification_id UUID REFERENCES notifications (id) ON DELETE SET NULL,
  actor_id UUID,
  is_active BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, cause)
);
CALL auth.guard('notification_causes');
CREATE INDEX idx_notification_causes_notification ON notification_causes (notification_id, sequence);
CREATE INDEX idx_notification_causes_actor ON notification_causes (actor_id);
CREATE TRIGGER update_notification_causes_updated_at BEFORE UPDATE ON notification_causes
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Only preferences that differ from the default, which is enabled.
CREATE TABLE notification_preferences (
  user_id UUID NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type ~ '^[a-z][a-z0-9_-]{0,49}$'),
  enabled BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, type)
);
CALL auth.guard('notification_preferences');
CREATE TRIGGER update_notification_preferences_updated_at BEFORE UPDATE ON notification_preferences
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, DELETE ON notification_preferences TO ${slice}_app;
GRANT INSERT (user_id, type, enabled), UPDATE (enabled) ON notification_preferences TO ${slice}_app;
CREATE POLICY "Users can manage own preferences" ON notification_preferences FOR ALL TO ${slice}_app
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

-- A replica of who takes part in which competition.
CREATE TABLE participants (
  participant_id UUID PRIMARY KEY,
  competition_id UUID NOT NULL,
  profile_id UUID NOT NULL,
  incarnation BIGINT NOT NULL,
  takes_part BOOLEAN NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('participants');
CREATE INDEX idx_participants_competition ON participants (competition_id, profile_id);
CREATE INDEX idx_participants_profile ON participants (profile_id);
CREATE TRIGGER update_participants_updated_at BEFORE UPDATE ON participants
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

-- Notifications to write for many people, in batches. The row outlives the work, so that a replayed event starts none again.
CREATE TABLE notification_fanouts (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  type TEXT NOT NULL,
  -- The creator whose followers, or the competition whose participants are notified
  audience_id UUID NOT NULL,
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  data JSONB NOT NULL,
  actor_id UUID,
  actor_incarnation BIGINT,
  sequence BIGINT NOT NULL,
  -- Everybody up to this id has been notified. NULL before the first batch.
  notified_until UUID,
  is_done BOOLEAN NOT NULL DEFAULT false,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (type, subject)
);
CALL auth.guard('notification_fanouts');
CREATE INDEX idx_notification_fanouts_due ON notification_fanouts (id) WHERE NOT is_done;
CREATE INDEX idx_notification_fanouts_actor ON notification_fanouts (actor_id);
CREATE TRIGGER update_notification_fanouts_updated_at BEFORE UPDATE ON notification_fanouts
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
