-- Migration: V004__legends_pool.sql
-- Description: The monthly pool of the legends, distributed once, with shares that sum exactly
-- Author: TradoSphere
-- Date: 2026-11-22

CREATE TABLE legends_pool (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  month DATE NOT NULL UNIQUE CHECK (extract(day FROM month) = 1),
  total_pool NUMERIC(14, 2) NOT NULL DEFAULT 0 CHECK (total_pool >= 0 AND total_pool < 1e12),
  distributed_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CALL auth.guard('legends_pool');

CREATE TABLE legends_pool_shares (
  id UUID PRIMARY KEY DEFAULT uuidv7(),
  pool_id UUID NOT NULL REFERENCES legends_pool (id),
  -- NULL once that person has been erased: the shares of the others must still sum.
  profile_id UUID REFERENCES profiles (id),
  incarnation BIGINT NOT NULL,
  amount NUMERIC(14, 2) NOT NULL CHECK (amount >= 0 AND amount < 1e12),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (pool_id, profile_id)
);
CALL auth.guard('legends_pool_shares');
CREATE INDEX idx_legends_pool_shares_profile ON legends_pool_shares (profile_id);
CREATE TRIGGER update_legends_pool_shares_updated_at BEFORE UPDATE ON legends_pool_shares
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();

CREATE FUNCTION guard_legends_pool() RETURNS trigger
LANGUAGE plpgsql SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.distributed_at IS NOT NULL THEN
    RAISE EXCEPTION 'this month is distributed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'legends_pool_distributed_once';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.total_pool < OLD.total_pool THEN
    RAISE EXCEPTION 'a pool only grows' USING ERRCODE = 'check_violation', CONSTRAINT = 'legends_pool_only_grows';
  END IF;
  NEW.distributed_at := CASE WHEN NEW.distributed_at IS NOT NULL THEN now() END;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_legends_pool BEFORE INSERT OR UPDATE ON legends_pool
  FOR EACH ROW EXECUTE FUNCTION guard_legends_pool();
CREATE TRIGGER update_legends_pool_updated_at BEFORE UPDATE ON legends_pool
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
CREATE TRIGGER version_legends_pool BEFORE INSERT OR UPDATE ON legends_pool
  FOR EACH ROW EXECUTE FUNCTION auth.bump_version();

-- Checks at commit that the shares of a distributed pool sum to it exactly.
CREATE FUNCTION require_whole_pool() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${slice}, auth, pg_catalog, pg_temp AS $$
DECLARE
  changed_pool uuid := coalesce(to_jsonb(NEW) ->> 'pool_id', to_jsonb(NEW) ->> 'id');
BEGIN
  -- Without the lock a concurrent share and distribution would not see each other.
  PERFORM FROM legends_pool WHERE id = changed_pool FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM legends_pool p WHERE p.id = changed_pool AND p.distributed_at IS NOT NULL
      AND p.total_pool <> (SELECT coalesce(sum(s.amount), 0) FROM legends_pool_shares s WHERE s.pool_id = p.id)) THEN
    RAISE EXCEPTION 'the shares do not sum to the pool'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'legends_pool_shares_sum_to_the_pool';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER require_whole_pool AFTER INSERT OR UPDATE OF distributed_at ON legends_pool
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.distributed_at IS NOT NULL) EXECUTE FUNCTION require_whole_pool();
CREATE CONSTRAINT TRIGGER require_whole_pool_of_shares AFTER INSERT OR UPDATE OF amount, pool_id ON legends_pool_shares
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_whole_pool();

GRANT SELECT ON legends_pool TO ${slice}_app, ${slice}_admin;
GRANT SELECT ON legends_pool_shares TO ${slice}_app, ${slice}_admin;
GRANT INSERT (month, total_pool), UPDATE (total_pool, distributed_at) ON legends_pool TO ${slice}_admin;
GRANT INSERT (pool_id, profile_id, incarnation, amount) ON legends_pool_shares TO ${slice}_admin;
CREATE POLICY "Pools viewable by all" ON legends_pool FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Admins can view pools" ON legends_pool FOR SELECT TO ${slice}_admin USING (true);
CREATE POLICY "Admins can accrue a first time" ON legends_pool FOR INSERT TO ${slice}_admin
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "Admins can accrue and distribute" ON legends_pool FOR UPDATE TO ${slice}_admin
  USING ((SELECT auth.uid()) IS NOT NULL);
CREATE POLICY "Shares viewable by all" ON legends_pool_shares FOR SELECT TO ${slice}_app USING (true);
CREATE POLICY "Admins can view shares" ON legends_pool_shares FOR SELECT TO ${slice}_admin USING (true);
CREATE POLICY "Admins can share out" ON legends_pool_shares FOR INSERT TO ${slice}_admin
  WITH CHECK ((SELECT auth.uid()) IS NOT NULL);

-- The periods in which a profile was a legend, from profile events. A month is often distributed after its end.
CREATE TABLE legend_spans (
  profile_id UUID NOT NULL,
  since TIMESTAMPTZ NOT NULL,
  until TIMESTAMPTZ,
  incarnation BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (profile_id, since),
  CHECK (until >= since)
);
CALL auth.guard('legend_spans');
CREATE UNIQUE INDEX uq_legend_spans_open ON legend_spans (profile_id) WHERE until IS NULL;
CREATE TRIGGER update_legend_spans_updated_at BEFORE UPDATE ON legend_spans
  FOR EACH ROW EXECUTE FUNCTION auth.update_updated_at_column();
GRANT SELECT ON legend_spans TO ${slice}_admin;
CREATE POLICY "Admins can view legend spans" ON legend_spans FOR SELECT TO ${slice}_admin USING (true);
