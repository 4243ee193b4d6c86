-- Callback of Flyway, after each run of the migrations. A service without the owner's password reads the history as the worker, to
-- know whether the schema has what it needs.
DO $$
BEGIN
  IF NOT has_table_privilege('${slice}_worker', '${slice}.flyway_schema_history', 'SELECT') THEN
    -- Two that grant at once would conflict in the catalog.
    PERFORM auth.lock('grant-of-the-history');
    GRANT SELECT ON ${slice}.flyway_schema_history TO ${slice}_worker;
  END IF;
END $$;
