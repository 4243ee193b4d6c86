DROP TABLE competitions;
DROP FUNCTION guard_competition();
