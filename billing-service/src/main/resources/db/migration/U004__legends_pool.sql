DROP TABLE legend_spans;
DROP TABLE legends_pool_shares;
DROP TABLE legends_pool;
DROP FUNCTION require_whole_pool();
DROP FUNCTION guard_legends_pool();
