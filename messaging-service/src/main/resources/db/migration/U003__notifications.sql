DROP TABLE notification_preferences;
DROP TABLE notifications;
DROP FUNCTION guard_notification();
