package io.tradosphere.platform.outbox;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** An event waiting in the outbox; a tombstone when it has neither type nor payload. */
record OutboxRow(
        long id,
        UUID eventId,
        String topic,
        String key,
        String type,
        String subject,
        String payload,
        String traceparent,
        Instant createdAt) {

    static OutboxRow of(Row row) {
        return new OutboxRow(
                row.getLong(0),
                row.getUUID(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getOffsetDateTime(8).toInstant());
    }
}
