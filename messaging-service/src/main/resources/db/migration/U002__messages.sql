DROP TABLE messages;
DROP FUNCTION settle_conversations();
DROP FUNCTION guard_message();
DROP FUNCTION file_message();
DROP TABLE conversations;
