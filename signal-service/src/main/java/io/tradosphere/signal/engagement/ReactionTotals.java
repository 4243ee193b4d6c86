package io.tradosphere.signal.engagement;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The number of reactions to a signal by type. Their sum is the signal's likeCount.
 *
 * @param fire the number of reactions of the type fire
 * @param thinking the number of reactions of the type thinking
 * @param rocket the number of reactions of the type rocket
 * @param like the number of reactions of the type like
 * @param bullish the number of reactions of the type bullish
 * @param bearish the number of reactions of the type bearish
 */
record ReactionTotals(long fire, long thinking, long rocket, long like, long bullish, long bearish) {

    /** Rows of {@code reaction_type} and {@code total}; a type without a row has 0. */
    static ReactionTotals of(RowSet<Row> rows) {
        Map<String, Long> totals = new HashMap<>();
        rows.forEach(row -> totals.put(row.getString("reaction_type"), row.getLong("total")));
        return new ReactionTotals(
                totals.getOrDefault("fire", 0L),
                totals.getOrDefault("thinking", 0L),
                totals.getOrDefault("rocket", 0L),
                totals.getOrDefault("like", 0L),
                totals.getOrDefault("bullish", 0L),
                totals.getOrDefault("bearish", 0L));
    }
}
