-- Migration: V003__notifications.sql
-- Description: Notifications, written from events alone, and which types a person wants
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE notifications (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  user_id UUID NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type ~ '^[a-z][a-z0-9_-]{0,49}$'),
  title TEXT NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  content TEXT CHECK (char_length(content) <= 2000),
  data JSONB CHECK (jsonb_typeof(data) = 'object' AND octet_length(data::text) <= 4000),
  read_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('notifications');
CREATE INDEX idx_notifications_user ON notifications (user_id, created_at DESC, id DESC);
CREATE INDEX idx_notifications_user_unread ON notifications (user_id, created_at DESC, id DESC) WHERE read_at IS NULL;

CREATE FUNCTION guard_notification() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.read_at := coalesce(OLD.read_at, CASE WHEN NEW.read_at IS NOT NULL THEN now() END);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_notifications BEFORE UPDATE OF read_at ON notifications
  FOR EACH ROW EXECUTE FUNCTION guard_notification();
CREATE TRIGGER update_notifications_updated_at BEFORE UPDATE ON notifications
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT, UPDATE (read_at) ON notifications TO ${slice}_app;
CREATE POLICY "Users can view own notifications" ON notifications FOR SELECT TO ${slice}_app
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY "Users can mark own notifications as read" ON notifications FOR UPDATE TO ${slice}_app
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

-- Only what differs from the default, which is on.
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
