DROP TABLE agora_notices;
DROP TABLE streams;
DROP FUNCTION guard_stream();
