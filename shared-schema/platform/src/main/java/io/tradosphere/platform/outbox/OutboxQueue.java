package io.tradosphere.platform.outbox;

import static io.tradosphere.platform.db.Columns.column;

import io.tradosphere.platform.db.Rows;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A reader of the outbox for the relay that holds the lease. Ids are assigned before commit, so a row may become visible below
 * rows already sent. The scan's lower bound therefore lags behind, and periodically a full scan starts at zero. The bound exists
 * because a full scan visits every dead row since the last vacuum.
 */
final class OutboxQueue {

    /** A row is read while the payloads before it are within the budget. */
    private static final String NEXT = """
            SELECT id, coalesce(version, id), event_id, topic, key, type, subject, CASE WHEN bytes <= %d THEN payload END, bytes,
              traceparent, created_at
            FROM (
              SELECT o.*, p.bytes, sum(p.bytes) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS total
              FROM outbox o CROSS JOIN LATERAL (SELECT coalesce(octet_length(o.payload), 0) AS bytes) AS p
              WHERE id > $1 ORDER BY id LIMIT $2
            ) AS next
            WHERE total - bytes < $3 ORDER BY id
            """.formatted(RowCheck.MAX_PAYLOAD_BYTES);

    private static final String DELETE = "DELETE FROM outbox WHERE id = ANY($1::bigint[])";
    private static final String PARK = """
            WITH refused AS (
              DELETE FROM outbox o USING unnest($1::bigint[], $2::text[]) AS r(id, reason) WHERE o.id = r.id RETURNING o.*, r.reason
            )
            INSERT INTO outbox_parked (id, version, event_id, topic, key, type, subject, payload, traceparent, created_at, reason)
            SELECT id, version, event_id, topic, key, type, subject, payload, traceparent, created_at, reason FROM refused
            """;
    private static final int BATCH_BYTES = 8 * 1024 * 1024;
    private static final Duration BOUND_LAG = Duration.ofSeconds(15);
    private static final Duration FULL_SCAN_INTERVAL = Duration.ofSeconds(60);

    private final RelayLease lease;
    private final int batchSize;
    private long highest;
    private long nextLowerBound;
    private long lowerBound;
    private Instant boundMovedAt = Instant.now();
    private Instant lastFullScan = Instant.MIN;

    OutboxQueue(RelayLease lease, int batchSize) {
        this.lease = lease;
        this.batchSize = batchSize;
    }

    List<OutboxRow> next() {
        Instant now = Instant.now();
        if (now.isAfter(boundMovedAt.plus(BOUND_LAG))) {
            lowerBound = nextLowerBound;
            nextLowerBound = highest;
            boundMovedAt = now;
        }
        boolean fullScan = lastFullScan.equals(Instant.MIN) || now.isAfter(lastFullScan.plus(FULL_SCAN_INTERVAL));
        if (fullScan) {
            lastFullScan = now;
        }
        List<OutboxRow> batch = Rows.list(
                lease.execute(NEXT, Tuple.of(fullScan ? 0L : lowerBound, batchSize, BATCH_BYTES)), OutboxRow::of);
        if (!batch.isEmpty()) {
            highest = Math.max(highest, batch.get(batch.size() - 1).id());
        }
        return batch;
    }

    /** Whether rows may follow those of a batch. */
    boolean mayHaveMoreAfter(List<OutboxRow> batch) {
        return batch.size() == batchSize
                || batch.stream().mapToLong(OutboxRow::payloadBytes).sum() >= BATCH_BYTES;
    }

    /**
     * Deletes a batch that was published, except for the refused rows, which it parks. Commits both.
     *
     * @return whether this relay still holds the lease
     */
    boolean complete(List<OutboxRow> batch, List<Refusal> refused) {
        if (!refused.isEmpty()) {
            lease.execute(
                    PARK, Tuple.of(column(refused, refusal -> refusal.row().id(), Long[]::new), (Object)
                            column(refused, Refusal::reason, String[]::new)));
        }
        var deleted = lease.submit(DELETE, Tuple.of((Object) column(batch, OutboxRow::id, Long[]::new)));
        boolean held = lease.renew();
        if (deleted.failed()) {
            throw new RelayException("database error: " + deleted.cause().getMessage(), deleted.cause());
        }
        return held;
    }
}
