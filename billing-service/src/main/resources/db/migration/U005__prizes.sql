DROP TABLE prizes_owed;
