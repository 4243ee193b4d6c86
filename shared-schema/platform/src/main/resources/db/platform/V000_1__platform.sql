-- Migration: V000_1__platform.sql
-- Description: What every slice has beside its own tables: outbox, inbox, idempotency keys, dead letters, departed people
-- Author: TradoSphere
-- Date: 2026-11-22

-- Numbers every event of the slice (ce_sequence) and every version of a row that is published as state. It is drawn while the
-- row that the event is about is locked, so it grows per subject.
CREATE SEQUENCE outbox_sequence;
GRANT USAGE ON SEQUENCE outbox_sequence TO ${slice}_app, ${slice}_admin, ${slice}_worker;

-- Events on their way to Kafka: written with the change they tell of, deleted once the broker has acknowledged them.
CREATE TABLE outbox (
  id BIGINT PRIMARY KEY DEFAULT nextval('outbox_sequence'),
  event_id UUID NOT NULL DEFAULT uuidv7(),
  topic TEXT NOT NULL,
  key TEXT NOT NULL,
  type TEXT,
  subject TEXT NOT NULL,
  payload TEXT,
  traceparent TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT outbox_tombstone_has_neither_type_nor_payload CHECK ((type IS NULL) = (payload IS NULL))
) WITH (
  -- The table is a queue: without a tight autovacuum the relay would wade through its own dead rows.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0
);
CALL auth.guard('outbox');
GRANT INSERT (id, topic, key, type, subject, payload, traceparent) ON outbox TO ${slice}_app, ${slice}_admin;
CREATE POLICY "A change announces itself" ON outbox FOR INSERT TO ${slice}_app
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "An admin's change announces itself" ON outbox FOR INSERT TO ${slice}_admin
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL);

-- Events a consumer group has applied, recorded with their effect, and for how long: beyond the retention of their topic, so
-- that a replay from its beginning finds every one of them here.
CREATE TABLE inbox (
  consumer_group TEXT NOT NULL,
  event_id UUID NOT NULL,
  keep_until TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (consumer_group, event_id)
);
CREATE INDEX idx_inbox_keep_until ON inbox USING brin (keep_until);
CALL auth.guard('inbox');

-- Which partitions have ever fed this database. A partition that is not here is read from its beginning, whatever
-- offset the group has committed: a slice started on an empty database catches up by itself.
CREATE TABLE fed_partitions (
  consumer_group TEXT NOT NULL,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  first_fed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer_group, topic, partition)
);
CALL auth.guard('fed_partitions');

-- The first answer to a request that carried an Idempotency-Key, for 24 hours.
CREATE TABLE idempotency_keys (
  caller_id UUID NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash BYTEA NOT NULL,
  status INTEGER,
  location TEXT,
  etag TEXT,
  body TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (caller_id, method, path, key)
);
CREATE INDEX idx_idempotency_keys_created_at ON idempotency_keys USING brin (created_at);
CALL auth.guard('idempotency_keys');
GRANT SELECT, DELETE ON idempotency_keys TO ${slice}_app;
GRANT INSERT (caller_id, method, path, key, request_hash) ON idempotency_keys TO ${slice}_app;
GRANT UPDATE (status, location, etag, body) ON idempotency_keys TO ${slice}_app;
CREATE POLICY "Own keys" ON idempotency_keys FOR ALL TO ${slice}_app
  USING (caller_id = (SELECT auth.uid())) WITH CHECK (caller_id = (SELECT auth.uid()));
GRANT SELECT, DELETE ON idempotency_keys TO ${slice}_admin;
GRANT INSERT (caller_id, method, path, key, request_hash) ON idempotency_keys TO ${slice}_admin;
GRANT UPDATE (status, location, etag, body) ON idempotency_keys TO ${slice}_admin;
CREATE POLICY "An admin's own keys" ON idempotency_keys FOR ALL TO ${slice}_admin
  USING (caller_id = (SELECT auth.uid())) WITH CHECK (caller_id = (SELECT auth.uid()));

-- What was parked in a dead-letter topic, so that a person's letters can be found and erased.
CREATE TABLE dead_letters (
  topic TEXT NOT NULL,
  consumer_group TEXT NOT NULL,
  partition INTEGER NOT NULL,
  record_offset BIGINT NOT NULL,
  letter_key TEXT NOT NULL,
  reason TEXT NOT NULL,
  parked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, consumer_group, partition, record_offset)
);
CALL auth.guard('dead_letters');

-- Who has gone, under a pseudonym, and the last they were known by: a late or repeated event brings nobody back.
CREATE TABLE departed (
  pseudonym UUID PRIMARY KEY,
  incarnation BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  departed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('departed');
