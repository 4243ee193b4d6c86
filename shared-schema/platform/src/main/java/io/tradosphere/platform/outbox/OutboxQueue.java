package io.tradosphere.platform.outbox;

import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The outbox as the lease's holder reads it. Ids are assigned before their transactions commit, so a row may appear below one
 * already sent: the lower bound of the scan therefore lags behind, and now and then there is none. It is there at all
 * because a scan from zero wades through every row deleted since the last vacuum.
 */
final class OutboxQueue {

    private static final String NEXT = """
            SELECT id, event_id, topic, key, type, subject, payload, traceparent, created_at
            FROM outbox WHERE id > $1 ORDER BY id LIMIT $2
            """;
    private static final String DELETE = "DELETE FROM outbox WHERE id = ANY($1::bigint[])";
    private static final Duration LAG = Duration.ofSeconds(15);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(60);

    private final RelayLease lease;
    private final int batchSize;
    private long highest;
    private long mark;
    private long floor;
    private Instant marked = Instant.now();
    private Instant swept = Instant.MIN;

    OutboxQueue(RelayLease lease, int batchSize) {
        this.lease = lease;
        this.batchSize = batchSize;
    }

    List<OutboxRow> next() {
        Instant now = Instant.now();
        if (now.isAfter(marked.plus(LAG))) {
            floor = mark;
            mark = highest;
            marked = now;
        }
        boolean sweep = swept.equals(Instant.MIN) || now.isAfter(swept.plus(SWEEP_EVERY));
        if (sweep) {
            swept = now;
        }
        List<OutboxRow> batch = Rows.list(lease.execute(NEXT, Tuple.of(sweep ? 0L : floor, batchSize)), OutboxRow::of);
        if (!batch.isEmpty()) {
            highest = Math.max(highest, batch.get(batch.size() - 1).id());
        }
        return batch;
    }

    void delete(List<OutboxRow> sent) {
        Long[] ids = sent.stream().map(OutboxRow::id).toArray(Long[]::new);
        lease.execute(DELETE, Tuple.of(ids));
    }
}
