DROP TABLE signal_outcomes;
