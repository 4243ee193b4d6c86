DROP FUNCTION writing_refusal(uuid);
DROP FUNCTION next_change(uuid);
DROP FUNCTION lock_mailboxes(uuid[]);
DROP TABLE mailboxes;
DROP SEQUENCE change_sequence;
DROP TABLE follows;
DROP TABLE blocks;
