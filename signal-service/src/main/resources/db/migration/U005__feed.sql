DROP TABLE timeline;
DROP TABLE blocks;
DROP TABLE follows;
