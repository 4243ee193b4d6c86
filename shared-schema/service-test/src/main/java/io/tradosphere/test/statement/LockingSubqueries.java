package io.tradosphere.test.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search for subqueries that may lock more rows than their {@code LIMIT} says. PostgreSQL may evaluate a subquery again for
 * each row of the statement around it, by the plan it chooses. It then skips the rows that this statement has changed, and
 * locks others in their place.
 */
final class LockingSubqueries {

    private static final Pattern TEXT = Pattern.compile("'[^']*'");
    private static final Pattern SUBQUERY = Pattern.compile("(?i)\\(\\s*SELECT\\b");
    private static final Pattern LIMIT = Pattern.compile("(?i)\\bLIMIT\\b");
    private static final Pattern LOCK =
            Pattern.compile("(?i)\\bFOR\\s+(NO\\s+KEY\\s+UPDATE|UPDATE|SHARE|KEY\\s+SHARE)\\b");

    /**
     * What stands before a subquery that is evaluated once: a common table expression, which is not inlined when it locks, or
     * a single value or array. One after {@code LATERAL} is for each row by intent.
     */
    private static final Pattern EVALUATED_ONCE = Pattern.compile("(?is).*(=|\\b(AS|MATERIALIZED|ARRAY|LATERAL))\\s*");

    private LockingSubqueries() {}

    /** The subqueries of a statement that lock under a {@code LIMIT} and may be evaluated again. */
    static List<String> evaluatedAgain(String sql) {
        String bare = TEXT.matcher(sql).replaceAll("''");
        List<String> found = new ArrayList<>();
        Matcher subquery = SUBQUERY.matcher(bare);
        while (subquery.find()) {
            String inner = bare.substring(subquery.start() + 1, end(bare, subquery.start()));
            String own = withoutNested(inner);
            boolean locks = LIMIT.matcher(own).find() && LOCK.matcher(own).find();
            if (locks
                    && !EVALUATED_ONCE
                            .matcher(bare.substring(0, subquery.start()))
                            .matches()) {
                found.add(inner.strip());
            }
        }
        return found;
    }

    /** Where the parenthesis is closed that opens there. */
    private static int end(String sql, int start) {
        int depth = 0;
        for (int i = start; i < sql.length(); i++) {
            if (sql.charAt(i) == '(') {
                depth++;
            } else if (sql.charAt(i) == ')') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        return sql.length();
    }

    private static String withoutNested(String sql) {
        StringBuilder own = new StringBuilder();
        int depth = 0;
        for (char character : sql.toCharArray()) {
            if (character == '(') {
                depth++;
            } else if (character == ')') {
                depth--;
            } else if (depth == 0) {
                own.append(character);
            }
        }
        return own.toString();
    }
}
