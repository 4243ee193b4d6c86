DROP TABLE trades;
DROP FUNCTION stamp_trade();
DROP TABLE journals;
