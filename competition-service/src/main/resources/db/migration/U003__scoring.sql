DROP VIEW results;
DROP TABLE prizes;
DROP TABLE rankings;
DROP TABLE scored_trades;
