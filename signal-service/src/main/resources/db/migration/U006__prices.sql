DROP TABLE last_prices;
