DROP TABLE notification_fanouts;
DROP TABLE participants;
DROP TABLE notification_preferences;
DROP TABLE notification_causes;
DROP FUNCTION lock_own_mailbox();
DROP TABLE notifications;
DROP FUNCTION count_notifications();
DROP FUNCTION guard_notification();
ALTER TABLE mailboxes DROP COLUMN unread_notification_count;
