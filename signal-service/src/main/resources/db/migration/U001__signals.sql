DROP TABLE signals;
DROP FUNCTION guard_signal();
DROP FUNCTION price_gain(text, numeric, numeric);
DROP FUNCTION lock_creators(uuid[]);
DROP TABLE creators;
DROP FUNCTION caller_incarnation();
