-- What a superuser runs once in each database that holds slices of TradoSphere; running it again changes nothing.
-- It makes the four roles of each slice, the slice's schema, and the schema `auth` that says who the caller is.
--
--   psql -d tradosphere -f bootstrap.sql                                        all seven slices in one database
--   psql -d billing -c "SET tradosphere.slices = 'billing'" -f bootstrap.sql    one slice in a database of its own
--
-- No role gets a password here: give each one with ALTER ROLE … PASSWORD (or \password), and hand a service its own four.
--
--   <slice>_owner   migrations only; owns every object of the schema
--   <slice>_app     requests of people; row-level security decides what it sees, column grants what it writes
--   <slice>_admin   the few commands of a platform-admin
--   <slice>_worker  the outbox relay and the consumers
BEGIN;

-- Two who prepare the same database at once take turns.
SELECT pg_advisory_xact_lock(hashtext('tradosphere-bootstrap'));

CREATE SCHEMA IF NOT EXISTS auth;

-- Who is calling. The setting is transaction-local (set_config(…, true)); absent or empty means nobody, and NULL
-- matches no row, so a policy that asks fails closed.
CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('tradosphere.caller', true), '')::uuid;

-- For whom a transaction acts: the caller, or everybody whose commands are committed together (tradosphere.callers, an array of
-- UUIDs, transaction-local too). Absent or empty means nobody, and no row is among nobody's.
CREATE OR REPLACE FUNCTION auth.callers() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('tradosphere.callers', true), '')::uuid[], array_remove(ARRAY[auth.uid()], NULL));

-- The name under which a departed person is remembered: one-way, so that the id itself is gone.
CREATE OR REPLACE FUNCTION auth.pseudonym(person uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN md5('departed:' || person::text)::uuid;

CREATE OR REPLACE FUNCTION auth.update_updated_at_column() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;

-- Gives a row the next number of its slice's outbox as its version. On UPDATE it runs after the row is locked, so versions
-- of one row grow in the order of their commits, and no role needs a grant on the column.
CREATE OR REPLACE FUNCTION auth.bump_version() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := nextval(format('%I.outbox_sequence', TG_TABLE_SCHEMA));
  RETURN NEW;
END $$;

-- What every table of a slice starts with: row-level security on and forced, and explicit policies for the two roles that
-- are no person. FORCE blinds the owner too: without its policy a migration's backfill would update no row, and say nothing.
CREATE OR REPLACE PROCEDURE auth.guard(guarded regclass)
LANGUAGE plpgsql AS $$
DECLARE
  slice text := (SELECT nspname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid WHERE c.oid = guarded);
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
  EXECUTE format('CREATE POLICY "Owner migrates" ON %s FOR ALL TO %I USING (true) WITH CHECK (true)', guarded, slice || '_owner');
  EXECUTE format('CREATE POLICY "Worker keeps" ON %s FOR ALL TO %I USING (true) WITH CHECK (true)', guarded, slice || '_worker');
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', guarded, slice || '_worker');
END $$;

DO $$
DECLARE
  slice text;
  kind text;
  login text;
BEGIN
  FOREACH slice IN ARRAY string_to_array(
    coalesce(nullif(current_setting('tradosphere.slices', true), ''),
             'profile,signal,social,billing,competition,streaming,messaging'), ',')
  LOOP
    FOREACH kind IN ARRAY ARRAY['owner', 'app', 'admin', 'worker']
    LOOP
      login := slice || '_' || kind;
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        BEGIN
          EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT', login);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
          -- Roles belong to the whole cluster: another database is being prepared at this moment, and has made it.
          NULL;
        END;
      END IF;
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), login);
      EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = %I, auth, pg_catalog', login, current_database(), slice);
      EXECUTE format('ALTER ROLE %I IN DATABASE %I SET idle_in_transaction_session_timeout = ''30s''', login, current_database());
      EXECUTE format('GRANT USAGE ON SCHEMA auth TO %I', login);
    END LOOP;
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET statement_timeout = ''10s''', slice || '_app', current_database());
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET lock_timeout = ''5s''', slice || '_app', current_database());
    -- A worker's statements take arrays: a plan for just those values is never better, and making one costs as much as running it.
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET plan_cache_mode = force_generic_plan', slice || '_worker', current_database());
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', slice, slice || '_owner');
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I, %I, %I', slice, slice || '_app', slice || '_admin', slice || '_worker');
  END LOOP;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;

COMMIT;
