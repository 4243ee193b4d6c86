-- Migration: V000_1__platform.sql
-- Description: Platform tables of every slice: outbox, inbox, idempotency keys, dead letters, erased profiles
-- Author: TradoSphere
-- Date: 2026-11-22

-- Sequence of all events (ce_sequence) and versions of published rows. Values are taken while the event's row is locked, so they
-- grow per subject. They begin at the microseconds since 1970: consumers know the events of a slice whose database was lost, and would
-- ignore those of the new one if their numbers were lower.
CREATE SEQUENCE outbox_sequence;
SELECT setval('outbox_sequence', (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
GRANT USAGE ON SEQUENCE outbox_sequence TO ${slice}_app, ${slice}_admin, ${slice}_worker;

-- Outbox: events to publish to Kafka. Written in the transaction of the change, deleted after the broker's acknowledgement.
CREATE TABLE outbox (
  -- From the sequence alone: no role has a grant on it.
  id BIGINT PRIMARY KEY DEFAULT nextval('outbox_sequence'),
  -- The version of the row whose new state this is. NULL for other events. The row's trigger drew it from the same sequence.
  version BIGINT,
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
  -- The table is a queue: with a lazy autovacuum the relay would scan its own dead rows.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0
);
CALL auth.guard('outbox');
REVOKE INSERT, UPDATE ON outbox FROM ${slice}_worker;
GRANT INSERT (version, topic, key, type, subject, payload, traceparent) ON outbox
  TO ${slice}_app, ${slice}_admin, ${slice}_worker;
-- Restrictive, so no other policy can widen them. A version must have been drawn already: a higher one would make consumers ignore
-- the subject's later events.
CREATE POLICY "Callers publish to the slice's topics" ON outbox AS RESTRICTIVE FOR INSERT TO ${slice}_app, ${slice}_admin
  WITH CHECK (starts_with(topic, 'tradosphere.${slice}.') AND topic NOT LIKE '%.dlq'
    AND (version IS NULL OR version <= pg_sequence_last_value('outbox_sequence')));
-- The worker also erases dead letters of the slice's consumer groups, with tombstones.
CREATE POLICY "The worker publishes to the slice's topics" ON outbox AS RESTRICTIVE FOR INSERT TO ${slice}_worker
  WITH CHECK ((CASE WHEN topic LIKE '%.dlq' THEN payload IS NULL AND topic LIKE '%.${slice}-service.%.dlq'
      ELSE starts_with(topic, 'tradosphere.${slice}.') END)
    AND (version IS NULL OR version <= pg_sequence_last_value('outbox_sequence')));
CREATE POLICY "A change announces itself" ON outbox FOR INSERT TO ${slice}_app
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "An admin's change announces itself" ON outbox FOR INSERT TO ${slice}_admin
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL);

-- Outbox rows that cannot be published, with the reason. The relay moves them here, so that they stop no other row.
CREATE TABLE outbox_parked (
  id BIGINT PRIMARY KEY,
  version BIGINT,
  event_id UUID NOT NULL,
  topic TEXT NOT NULL,
  key TEXT NOT NULL,
  type TEXT,
  subject TEXT NOT NULL,
  payload TEXT,
  traceparent TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  reason TEXT NOT NULL,
  parked_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('outbox_parked');

-- The lease of the relay: this table's lock, held by the transaction of the replica that publishes.
CREATE TABLE relay_lease (
  is_single BOOLEAN PRIMARY KEY DEFAULT true CHECK (is_single)
);
CALL auth.guard('relay_lease');
REVOKE INSERT, DELETE ON relay_lease FROM ${slice}_worker;
INSERT INTO relay_lease DEFAULT VALUES;

-- Inbox: ids of events that a consumer group has applied, stored in the consumer's transaction. An id is kept longer than its
-- topic's retention, so a replay of the whole topic finds every id.
CREATE TABLE inbox (
  consumer_group TEXT NOT NULL,
  event_id UUID NOT NULL,
  keep_until TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (consumer_group, event_id)
);
CREATE INDEX idx_inbox_keep_until ON inbox USING brin (keep_until);
CALL auth.guard('inbox');

-- Partitions that this database has consumed. A partition without a row is read from its beginning, whatever offset the group
-- has committed. A slice on an empty database thus rebuilds itself.
CREATE TABLE consumed_partitions (
  consumer_group TEXT NOT NULL,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  first_consumed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer_group, topic, partition)
);
CALL auth.guard('consumed_partitions');

-- Stored responses of requests with an Idempotency-Key, for 24 hours.
CREATE TABLE idempotency_keys (
  caller_id UUID NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash BYTEA NOT NULL,
  -- The identity of what the request does. Another system is told it, so that a repeated request does it once.
  operation_id UUID NOT NULL DEFAULT gen_random_uuid(),
  -- Until when a request that calls another system may work on it alone; NULL for a request that is one transaction.
  leased_until TIMESTAMPTZ,
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
GRANT INSERT (caller_id, method, path, key, request_hash, leased_until) ON idempotency_keys TO ${slice}_app;
GRANT UPDATE (leased_until, status, location, etag, body) ON idempotency_keys TO ${slice}_app;
CREATE POLICY "Own keys" ON idempotency_keys FOR ALL TO ${slice}_app
  USING (caller_id = (SELECT auth.uid())) WITH CHECK (caller_id = (SELECT auth.uid()));
GRANT SELECT, DELETE ON idempotency_keys TO ${slice}_admin;
GRANT INSERT (caller_id, method, path, key, request_hash) ON idempotency_keys TO ${slice}_admin;
GRANT UPDATE (status, location, etag, body) ON idempotency_keys TO ${slice}_admin;
CREATE POLICY "An admin's own keys" ON idempotency_keys FOR ALL TO ${slice}_admin
  USING (caller_id = (SELECT auth.uid())) WITH CHECK (caller_id = (SELECT auth.uid()));

-- Index of the records in dead-letter topics, so that a person's dead letters can be found and erased.
CREATE TABLE dead_letters (
  topic TEXT NOT NULL,
  consumer_group TEXT NOT NULL,
  partition INTEGER NOT NULL,
  record_offset BIGINT NOT NULL,
  letter_key TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- Every UUID in the letter, whoever is its key
  mentions UUID[] NOT NULL,
  parked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, consumer_group, partition, record_offset)
);
CREATE INDEX idx_dead_letters_mentions ON dead_letters USING gin (mentions);
CALL auth.guard('dead_letters');

-- Erased profiles by pseudonym, with the last incarnation and sequence. A late or repeated event cannot recreate them.
CREATE TABLE erased_profiles (
  pseudonym UUID PRIMARY KEY,
  incarnation BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  erased_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('erased_profiles');
