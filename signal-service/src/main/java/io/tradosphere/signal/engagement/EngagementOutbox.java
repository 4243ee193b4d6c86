package io.tradosphere.signal.engagement;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.IncompleteSql;

/**
 * SQL that writes engagement events to the outbox within the changing statement, so that row and event cost one round
 * trip. The payloads are those of the records in {@link io.tradosphere.contracts.signal}.
 */
final class EngagementOutbox {

    /** SQL: an instant in the format of events, in any session time zone. */
    private static final String RFC3339 = "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    @IncompleteSql
    private static final String INSERT = """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT CASE WHEN t.is_public THEN '%s' ELSE '%s' END, t.signal_id::text, '%s', %s, json_strip_nulls(json_build_object('signalId', t.signal_id,
              'creatorId', t.creator_id, 'creatorIncarnation', t.creator_incarnation, %s))::text, t.cause
            FROM %s AS t ORDER BY t.signal_id
            """;

    private EngagementOutbox() {}

    /**
     * SQL that writes an event for each row of a CTE. The rows must be locked, so that outbox numbers follow the order
     * of the changes.
     *
     * @param subject SQL of the event's subject, of a row {@code t}
     * @param fields SQL of the payload's fields beyond the signal and its creator, as of {@code json_build_object}
     * @param rows the CTE; it has {@code signal_id}, {@code creator_id}, {@code creator_incarnation} and {@code
     *     is_public} of the signal, and {@code cause}, the trace context of the change
     */
    static String of(EventType type, String subject, String fields, String rows) {
        return INSERT.formatted(
                Topic.ENGAGEMENT.topicName(),
                Topic.SUBSCRIBER_ENGAGEMENT.topicName(),
                type.ceType(),
                subject,
                fields,
                rows);
    }

    /** SQL of an instant in a payload. */
    static String instant(String sql) {
        return RFC3339.formatted(sql);
    }
}
