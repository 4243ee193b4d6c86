package io.tradosphere.platform.outbox;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of the outbox: an event, or a tombstone when type and payload are null.
 *
 * @param id the row's place in the outbox
 * @param sequence the event's {@code ce_sequence}: the version of the row that it is about, or the id
 * @param payload null also when it is too large to be read
 * @param payloadBytes the size of the payload; 0 for a tombstone
 */
record OutboxRow(
        long id,
        long sequence,
        UUID eventId,
        String topic,
        String key,
        String type,
        String subject,
        String payload,
        int payloadBytes,
        String traceparent,
        Instant createdAt) {

    static OutboxRow of(Row row) {
        return new OutboxRow(
                row.getLong(0),
                row.getLong(1),
                row.getUUID(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getInteger(8),
                row.getString(9),
                row.getOffsetDateTime(10).toInstant());
    }
}
