package io.tradosphere.signal.engagement;

import io.tradosphere.contracts.EventType;
import io.tradosphere.contracts.Topic;

/**
 * How a statement that changes how a signal is taken announces it by itself, so that row and event cost one round trip. The
 * payloads are those of the records in {@link io.tradosphere.contracts.signal}.
 */
final class Announcing {

    /** SQL: an instant as events carry it, whatever the session's time zone. */
    private static final String RFC3339 = "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    private static final String ANNOUNCE = """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT '%s', t.signal_id::text, '%s', %s, json_strip_nulls(json_build_object('signalId', t.signal_id,
              'creatorId', t.creator_id, 'creatorIncarnation', t.creator_incarnation, %s))::text, t.cause
            FROM %s AS t ORDER BY t.signal_id
            """;

    private Announcing() {}

    /**
     * SQL that announces the rows of a CTE. They have locked what the events are about, which draws the numbers of the outbox
     * in the order of the changes.
     *
     * @param subject SQL of the event's subject, of a row {@code t}
     * @param fields SQL of the payload's fields beyond the signal and its creator, as of {@code json_build_object}
     * @param rows the CTE; it has {@code signal_id}, {@code creator_id}, {@code creator_incarnation}, and {@code cause}, the
     *     trace context of what made the change
     */
    static String of(EventType type, String subject, String fields, String rows) {
        return ANNOUNCE.formatted(Topic.ENGAGEMENT.topicName(), type.ceType(), subject, fields, rows);
    }

    /** SQL of an instant in a payload. */
    static String instant(String sql) {
        return RFC3339.formatted(sql);
    }
}
