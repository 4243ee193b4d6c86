package io.tradosphere.platform.db;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.Topic;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/** An open transaction. Only a transaction can publish events, so no event exists without its committed change. */
public final class Tx {

    private static final String PUBLISH = """
            INSERT INTO outbox (topic, key, type, subject, payload, traceparent)
            SELECT t.topic, t.key, t.type, t.subject, t.payload, t.traceparent
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
              WITH ORDINALITY AS t(topic, key, type, subject, payload, traceparent, position)
            ORDER BY t.position
            """;
    private static final String PUBLISH_VERSION =
            "INSERT INTO outbox (version, topic, key, type, subject, payload, traceparent) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    private static final String PUBLISH_VERSIONS = """
            INSERT INTO outbox (version, topic, key, type, subject, payload, traceparent)
            SELECT t.version, t.topic, t.key, t.type, t.subject, t.payload, t.traceparent
            FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
              AS t(version, topic, key, type, subject, payload, traceparent)
            ORDER BY t.version
            """;
    private static final String TOMBSTONE =
            "INSERT INTO outbox (topic, key, subject, traceparent) VALUES ($1, $2, $2, $3)";

    private static final EventCodec CODEC = new EventCodec();

    private final SqlConnection connection;
    private final String traceparent;

    Tx(SqlConnection connection, String traceparent) {
        this.connection = connection;
        this.traceparent = traceparent;
    }

    /** Runs one prepared statement in this transaction. */
    public Uni<RowSet<Row>> execute(String sql, Object... arguments) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(connection.preparedQuery(sql).execute(Arguments.of(arguments))));
    }

    /** Publishes an event with this transaction. The row that it is about must be locked already. */
    public Uni<Void> publish(Event event) {
        return publish(List.of(event));
    }

    /** Publishes events, in this order, with this transaction. */
    public Uni<Void> publish(List<? extends Event> events) {
        return publish(events, traceparent);
    }

    /**
     * Publishes events that another event caused.
     *
     * @param cause the trace context of the causing event; null when unknown
     */
    public Uni<Void> publish(List<? extends Event> events, String cause) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return execute(PUBLISH, (Object[]) columns(events, cause)).replaceWithVoid();
    }

    /**
     * Publishes the new states of many rows, as {@link #publishVersion} does for one.
     *
     * @param events the events by row version
     */
    public Uni<Void> publishVersions(SortedMap<Long, ? extends Event> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Object> arguments = new ArrayList<>();
        arguments.add(events.keySet().toArray(Long[]::new));
        arguments.addAll(Arrays.asList((Object[]) columns(List.copyOf(events.values()), traceparent)));
        return execute(PUBLISH_VERSIONS, arguments.toArray()).replaceWithVoid();
    }

    private static String[][] columns(List<? extends Event> events, String cause) {
        String[][] columns = new String[6][events.size()];
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            columns[0][i] = event.topic().topicName();
            columns[1][i] = event.key();
            columns[2][i] = event.type().ceType();
            columns[3][i] = event.subject();
            columns[4][i] = json(event);
            columns[5][i] = cause;
        }
        return columns;
    }

    /**
     * Publishes the new state of a versioned row. The row's trigger takes the version from the outbox sequence; it becomes the
     * event's {@code ce_sequence}.
     */
    public Uni<Void> publishVersion(long version, Event event) {
        return execute(
                        PUBLISH_VERSION,
                        version,
                        event.topic().topicName(),
                        event.key(),
                        event.type().ceType(),
                        event.subject(),
                        json(event),
                        traceparent)
                .replaceWithVoid();
    }

    private static String json(Event event) {
        return new String(CODEC.encode(event), StandardCharsets.UTF_8);
    }

    /** Publishes a tombstone for a key of a compacted topic: compaction then deletes the key's events. */
    public Uni<Void> tombstone(Topic topic, String key) {
        return execute(TOMBSTONE, topic.topicName(), key, traceparent).replaceWithVoid();
    }
}
