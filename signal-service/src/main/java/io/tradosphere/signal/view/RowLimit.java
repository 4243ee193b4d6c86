package io.tradosphere.signal.view;

import io.tradosphere.platform.http.PageRequest;

/**
 * The row limit of a list as a constant in its SQL. As a parameter it is unknown to a cached plan, which then assumes a
 * tenth of the table.
 */
public final class RowLimit {

    /** The placeholder for the limit. */
    public static final String ROWS = ":rows";

    private RowLimit() {}

    /** The SQL of a list, with the row count of the page. */
    public static String in(String list, PageRequest page) {
        return list.replace(ROWS, Integer.toString(page.rows()));
    }
}
