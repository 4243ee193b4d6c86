package io.tradosphere.platform.erasure;

/**
 * Rows of a table that belong to a person, because a column names the person by id. It makes the erasure steps that delete or
 * anonymise them.
 */
public final class PersonalRows {

    private final String table;
    private final String key;
    private final String person;
    private final String life;

    private PersonalRows(String table, String key, String person, String life) {
        this.table = table;
        this.key = key;
        this.person = person;
        this.life = life;
    }

    /**
     * Rows that say to which incarnation of the person they belong.
     *
     * @param key the columns of the primary key, separated by commas
     * @param person the column with the person's id
     * @param incarnation the column with the person's incarnation
     */
    public static PersonalRows byIncarnation(String table, String key, String person, String incarnation) {
        return new PersonalRows(table, key, person, incarnation + " <= $2");
    }

    /**
     * Rows that belong to the incarnation in which they were made. The column is {@code created_at}, unless another is given.
     *
     * @param key the columns of the primary key, separated by commas
     * @param person the column with the person's id
     */
    public static PersonalRows byTime(String table, String key, String person) {
        return byTime(table, key, person, "created_at");
    }

    /** As {@link #byTime(String, String, String)}, with the column that says when a row was made. */
    public static PersonalRows byTime(String table, String key, String person, String madeAt) {
        return new PersonalRows(table, key, person, madeAt + " < " + ErasureStep.END_OF_LIFE.strip());
    }

    /** The step that deletes the rows. */
    public ErasureStep delete(int maxRows) {
        return step("", "DELETE FROM " + table, "(" + rows("LIMIT $3") + ")", maxRows);
    }

    /** The step that keeps the rows without the person. */
    public ErasureStep anonymise(int maxRows) {
        return step(
                // Materialized: PostgreSQL may evaluate a subquery again, and then locks more rows than its limit says.
                "WITH batch AS MATERIALIZED (" + rows("ORDER BY " + key + " LIMIT $3 FOR UPDATE") + ") ",
                "UPDATE " + table + " SET " + person + " = NULL",
                "(SELECT " + key + " FROM batch)",
                maxRows);
    }

    private String rows(String limit) {
        return "SELECT " + key + " FROM " + table + " WHERE " + person + " = $1 AND " + life + " " + limit;
    }

    private ErasureStep step(String with, String change, String keys, int maxRows) {
        return ErasureStep.of(with + change + " WHERE (" + key + ") IN " + keys, maxRows)
                .covering(table + "." + person);
    }
}
