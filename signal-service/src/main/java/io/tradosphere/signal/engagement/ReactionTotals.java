package io.tradosphere.signal.engagement;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.HashMap;
import java.util.Map;

/** How many people have reacted to a signal in each way. Their sum is what the signal's likeCount comes to. */
record ReactionTotals(long fire, long thinking, long rocket, long like, long bullish, long bearish) {

    /** Rows of {@code reaction_type} and {@code total}; a type without a row has none. */
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
