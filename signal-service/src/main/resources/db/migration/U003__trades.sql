DROP TABLE trades;
DROP TABLE trade_imports;
DROP TABLE trade_mappings;
DROP FUNCTION trade_pnl(numeric, text, numeric, numeric, numeric);
DROP FUNCTION stamp_trade();
DROP TABLE journals;
