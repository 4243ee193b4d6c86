DROP TABLE realtime_tickets;
ALTER TABLE mailboxes DROP COLUMN forgotten_until;
