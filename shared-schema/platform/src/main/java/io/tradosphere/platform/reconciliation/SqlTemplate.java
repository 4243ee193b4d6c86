package io.tradosphere.platform.reconciliation;

import java.util.regex.Pattern;

/** SQL with columns in braces. Each stands for the condition that the column is one of the requested UUIDs. */
record SqlTemplate(String sql) {

    private static final Pattern COLUMN = Pattern.compile("\\{([a-z_.]+)}");

    /** The statement without conditions. */
    String unrestricted() {
        return COLUMN.matcher(sql).replaceAll("true");
    }

    /**
     * The restricted statement.
     *
     * @param parameter the number of the parameter that holds the UUIDs
     */
    String restricted(int parameter) {
        return COLUMN.matcher(sql).replaceAll("$1 = ANY (\\$" + parameter + "::uuid[])");
    }

    boolean isRestrictable() {
        return COLUMN.matcher(sql).find();
    }
}
