DROP FUNCTION market_resolves(signals);
DROP TABLE last_prices;
