DROP FUNCTION resolve_by_market(uuid[], text[], numeric[]);
ALTER TABLE last_prices DROP CONSTRAINT last_prices_not_of_the_future;
