DROP TABLE departed;
DROP TABLE dead_letters;
DROP TABLE idempotency_keys;
DROP TABLE fed_partitions;
DROP TABLE inbox;
DROP TABLE outbox;
DROP SEQUENCE outbox_sequence;
