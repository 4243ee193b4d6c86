-- Bootstrap script: a superuser runs it once in each database that holds slices of TradoSphere. Idempotent.
-- It creates four roles and a schema for each slice, and the schema `auth` with functions for the caller's identity.
--
--   psql -d billing -c "SET tradosphere.slices = 'billing'" -f bootstrap.sql            one slice in a database of its own
--   psql -d tradosphere -c "SET tradosphere.slices = 'profile,signal,…'" -f bootstrap.sql   several slices in one database
--
-- The slices are the schemas in the services' service.yaml; ./tradosphere db slices prints them.
--
-- The roles have no password yet: set each with ALTER ROLE … PASSWORD (or \password). A service needs those of its four roles.
--
--   <slice>_owner   migrations; owns every object of the schema
--   <slice>_app     requests of callers; row-level security limits its rows, column grants limit its writes
--   <slice>_admin   commands of platform admins
--   <slice>_worker  the outbox relay, event consumers and scheduled jobs
BEGIN;

-- Serializes concurrent runs of this script in one database.
SELECT pg_advisory_xact_lock(hashtext('tradosphere-bootstrap'));

-- In a database of TradoSphere nobody connects or creates temporary tables without a grant. A temporary table would let a role run
-- trigger functions on rows of its own making, and it hides a table of the same name from a function without pg_temp last.
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
END $$;

-- Advisory locks belong to the whole database: with these functions any role could stop another slice. Services call auth.lock and
-- its siblings below, whose keys belong to the caller's slice.
DO $$
DECLARE
  lock_function regprocedure;
BEGIN
  FOR lock_function IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_'
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', lock_function);
  END LOOP;
END $$;

CREATE SCHEMA IF NOT EXISTS auth;

-- The caller's profile id, from a transaction-local setting (set_config(…, true)). NULL when the setting is absent or empty.
-- NULL matches no row, so policies fail closed.
CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('tradosphere.caller', true), '')::uuid;

-- The callers for whom a transaction acts: one caller, or all callers of a batch. A batch sets tradosphere.callers, a
-- transaction-local array of UUIDs. The result is empty without a caller, so policies fail closed.
CREATE OR REPLACE FUNCTION auth.callers() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('tradosphere.callers', true), '')::uuid[], array_remove(ARRAY[auth.uid()], NULL));

-- The pseudonym of an erased profile. A one-way hash, so that the id itself is not stored.
CREATE OR REPLACE FUNCTION auth.pseudonym(person uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN md5('erased:' || person::text)::uuid;

-- The rank of a tier, from 1 for free; NULL for an unknown one. The only place in SQL that knows the order of the tiers.
CREATE OR REPLACE FUNCTION auth.tier_rank(tier text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_position(ARRAY['free', 'grow', 'elite', 'gladiator', 'legend'], tier);

-- Whether a tier is this one or a higher one. NULL for an unknown tier, so policies fail closed.
CREATE OR REPLACE FUNCTION auth.tier_is_at_least(tier text, lowest text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN auth.tier_rank(tier) >= auth.tier_rank(lowest);

CREATE OR REPLACE FUNCTION auth.update_updated_at_column() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END $$;

-- Trigger: sets a row's version to the next value of the slice's outbox sequence. On UPDATE it runs after the row is locked, so
-- versions of one row grow in commit order. No role needs a grant on the column.
CREATE OR REPLACE FUNCTION auth.bump_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.version := nextval(format('%I.outbox_sequence', TG_TABLE_SCHEMA));
  RETURN NEW;
END $$;

-- The key of an advisory lock of the caller's slice. session_user is the login role, also inside a SECURITY DEFINER function.
CREATE OR REPLACE FUNCTION auth.lock_key(name text) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN hashtextextended(split_part(session_user::text, '_', 1) || ':' || name, 0);

-- Advisory locks until the transaction ends, by name, within the caller's slice. They run as the superuser, since no role may call
-- the functions of PostgreSQL itself.
CREATE OR REPLACE FUNCTION auth.lock(name text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = auth, pg_catalog, pg_temp
AS $$ SELECT pg_advisory_xact_lock(auth.lock_key(name)) $$;

CREATE OR REPLACE FUNCTION auth.lock_shared(name text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = auth, pg_catalog, pg_temp
AS $$ SELECT pg_advisory_xact_lock_shared(auth.lock_key(name)) $$;

-- Returns false at once when another transaction holds the lock.
CREATE OR REPLACE FUNCTION auth.try_lock(name text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = auth, pg_catalog, pg_temp
AS $$ SELECT pg_try_advisory_xact_lock(auth.lock_key(name)) $$;

-- Protects a table of a slice: row-level security enabled and forced, with policies for the owner and the worker.
-- FORCE applies to the owner too: without its policy, a migration's backfill would silently update no row.
CREATE OR REPLACE PROCEDURE auth.guard(guarded regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  slice text := (SELECT nspname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid WHERE c.oid = guarded);
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
  EXECUTE format('CREATE POLICY "Owner migrates" ON %s FOR ALL TO %I USING (true) WITH CHECK (true)', guarded, slice || '_owner');
  EXECUTE format('CREATE POLICY "Worker keeps" ON %s FOR ALL TO %I USING (true) WITH CHECK (true)', guarded, slice || '_worker');
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', guarded, slice || '_worker');
END $$;

REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA auth FROM PUBLIC;

DO $$
DECLARE
  lock_function regprocedure;
  slice text;
  kind text;
  login text;
BEGIN
  IF coalesce(current_setting('tradosphere.slices', true), '') = '' THEN
    RAISE EXCEPTION 'Name the slices of this database first: SET tradosphere.slices = ''profile,signal,…''. ./tradosphere db slices prints all.';
  END IF;
  FOREACH slice IN ARRAY string_to_array(current_setting('tradosphere.slices'), ',')
  LOOP
    FOREACH kind IN ARRAY ARRAY['owner', 'app', 'admin', 'worker']
    LOOP
      login := slice || '_' || kind;
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
        BEGIN
          EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT', login);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
          -- Roles are cluster-wide: a concurrent run in another database has created it.
          NULL;
        END;
      END IF;
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), login);
      EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = %I, auth, pg_catalog, pg_temp', login, current_database(), slice);
      EXECUTE format('ALTER ROLE %I IN DATABASE %I SET idle_in_transaction_session_timeout = ''30s''', login, current_database());
      EXECUTE format('GRANT USAGE ON SCHEMA auth TO %I', login);
      EXECUTE format('GRANT EXECUTE ON FUNCTION auth.uid(), auth.callers(), auth.pseudonym(uuid), auth.tier_rank(text),
        auth.tier_is_at_least(text, text), auth.lock_key(text), auth.lock(text), auth.lock_shared(text), auth.try_lock(text) TO %I', login);
    END LOOP;
    EXECUTE format('GRANT EXECUTE ON ROUTINE auth.update_updated_at_column(), auth.bump_version(), auth.guard(regclass) TO %I',
      slice || '_owner');
    -- A migration's function can be called by the roles that the migration names, and by nobody else.
    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON ROUTINES FROM PUBLIC', slice || '_owner');
    -- Flyway takes an advisory lock while it migrates.
    FOR lock_function IN SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^pg_(try_)?advisory_'
    LOOP
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', lock_function, slice || '_owner');
    END LOOP;
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET statement_timeout = ''10s''', slice || '_app', current_database());
    -- Bounds the time from a row's timestamp to its commit: readers of events that wait that long have missed none.
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET transaction_timeout = ''10s''', slice || '_app', current_database());
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET lock_timeout = ''5s''', slice || '_app', current_database());
    -- A worker's statements take arrays: a custom plan is never better, and planning costs as much as execution.
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET plan_cache_mode = force_generic_plan', slice || '_worker', current_database());
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', slice, slice || '_owner');
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I, %I, %I', slice, slice || '_app', slice || '_admin', slice || '_worker');
  END LOOP;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;

COMMIT;
