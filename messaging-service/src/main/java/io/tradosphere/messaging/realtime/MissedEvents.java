package io.tradosphere.messaging.realtime;

import static io.tradosphere.platform.db.Columns.column;

import io.smallrye.mutiny.Uni;
import io.tradosphere.messaging.message.MessageView;
import io.tradosphere.messaging.notification.NotificationView;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads what streams have not told yet, from the tables themselves. One statement a kind serves many streams.
 *
 * <p>A person's numbers are committed in order. So everything up to the mailbox's number is there to read, and what
 * changes meanwhile gets a higher one and comes next.
 */
@ApplicationScoped
class MissedEvents {

    /** For each kind and stream. More follow in the next read. */
    private static final int MAX_EVENTS = 100;

    private static final String STREAMS = """
            unnest($1::uuid[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS stream (person, after, until, position)
            CROSS JOIN LATERAL (
            """;

    private static final String ENDS = """
            SELECT stream.position, p.id IS NULL AS is_gone, coalesce(m.last_change, 0) AS last_change,
              coalesce(m.forgotten_until, 0) AS forgotten_until
            FROM unnest($1::uuid[]) WITH ORDINALITY AS stream (person, position)
            LEFT JOIN profiles p ON p.id = stream.person LEFT JOIN mailboxes m ON m.user_id = stream.person
            ORDER BY stream.position
            """;

    private static final String MESSAGES = "SELECT stream.position, missed.change, " + MessageView.COLUMNS + " FROM "
            + STREAMS + """
              (SELECT id, recipient_change AS change FROM messages
               WHERE recipient_id = stream.person AND recipient_change > stream.after AND recipient_change <= stream.until
               ORDER BY recipient_change LIMIT %1$d)
              UNION ALL
              (SELECT id, sender_change FROM messages
               WHERE sender_id = stream.person AND sender_change > stream.after AND sender_change <= stream.until
               ORDER BY sender_change LIMIT %1$d)
              ORDER BY change LIMIT %1$d
            ) AS missed JOIN messages m ON m.id = missed.id
            """.formatted(MAX_EVENTS);

    private static final String RECEIPTS = """
            SELECT stream.position, missed.* FROM
            """ + STREAMS + """
              (SELECT conversation_id, reader_id, message_id, read_at, reader_change AS change FROM receipts
               WHERE reader_id = stream.person AND reader_change > stream.after AND reader_change <= stream.until
               ORDER BY reader_change LIMIT %1$d)
              UNION ALL
              (SELECT conversation_id, reader_id, message_id, read_at, sender_change FROM receipts
               WHERE sender_id = stream.person AND sender_change > stream.after AND sender_change <= stream.until
               ORDER BY sender_change LIMIT %1$d)
              ORDER BY change LIMIT %1$d
            ) AS missed
            """.formatted(MAX_EVENTS);

    private static final String REMOVALS = """
            SELECT stream.position, missed.* FROM
            """ + STREAMS + """
              SELECT item_id, conversation_id, change FROM removals
              WHERE user_id = stream.person AND change > stream.after AND change <= stream.until ORDER BY change LIMIT %1$d
            ) AS missed
            """.formatted(MAX_EVENTS);

    private static final String NOTIFICATIONS = "SELECT stream.position, n.change, " + NotificationView.COLUMNS
            + " FROM " + STREAMS + """
              SELECT * FROM notifications
              WHERE user_id = stream.person AND change > stream.after AND change <= stream.until ORDER BY change LIMIT %1$d
            ) AS n LEFT JOIN profiles p ON p.id = n.actor_id
            """.formatted(MAX_EVENTS);

    private final SliceDatabase slice;

    MissedEvents(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Where a person's changes end.
     *
     * @param isGone whether the person has no profile
     * @param lastChange the number of the latest change
     * @param forgottenUntil removals up to this number are no longer known
     */
    record End(boolean isGone, long lastChange, long forgottenUntil) {}

    /**
     * What a stream has missed.
     *
     * @param end where the person's changes end
     * @param events in the order of their numbers
     * @param until the stream has missed nothing else up to this number
     * @param hasMore whether there are later events
     */
    record Missed(End end, List<ChangeEvent> events, long until, boolean hasMore) {}

    /** What each stream has missed, in the order of the streams. */
    Uni<List<Missed>> read(List<EventStream> streams) {
        UUID[] people = column(streams, EventStream::person, UUID[]::new);
        Long[] after = column(streams, EventStream::position, Long[]::new);
        return slice.asWorker(tx -> tx.execute(ENDS, (Object) people)
                .map(rows -> Rows.list(rows, MissedEvents::end))
                .chain(ends -> {
                    List<Found> found = new ArrayList<>();
                    for (int i = 0; i < ends.size(); i++) {
                        found.add(new Found(people[i], after[i], ends.get(i)));
                    }
                    // Most streams that look after their heartbeat have missed nothing.
                    List<Found> behind = found.stream().filter(Found::isBehind).toList();
                    return (behind.isEmpty() ? Uni.createFrom().voidItem() : find(tx, behind)).replaceWith(found);
                })
                .map(found -> found.stream().map(Found::missed).toList()));
    }

    /** The statements are sent at once, on one connection. */
    private static Uni<Void> find(Tx tx, List<Found> behind) {
        Object[] arguments = {
            column(behind, Found::person, UUID[]::new),
            column(behind, Found::after, Long[]::new),
            column(behind, Found::until, Long[]::new)
        };
        return Uni.combine()
                .all()
                .unis(
                        add(tx, MESSAGES, ChangeEvent::message, behind, arguments),
                        add(tx, RECEIPTS, ChangeEvent::receipt, behind, arguments),
                        add(tx, REMOVALS, ChangeEvent::removal, behind, arguments),
                        add(tx, NOTIFICATIONS, ChangeEvent::notification, behind, arguments))
                .discardItems();
    }

    private static Uni<Void> add(
            Tx tx, String sql, Function<Row, ChangeEvent> event, List<Found> found, Object... arguments) {
        return tx.execute(sql, arguments)
                .invoke(rows -> {
                    List<List<ChangeEvent>> kinds = new ArrayList<>();
                    found.forEach(stream -> kinds.add(new ArrayList<>()));
                    rows.forEach(row ->
                            kinds.get(row.getLong("position").intValue() - 1).add(event.apply(row)));
                    for (int i = 0; i < found.size(); i++) {
                        found.get(i).add(kinds.get(i));
                    }
                })
                .replaceWithVoid();
    }

    private static End end(Row row) {
        return new End(row.getBoolean("is_gone"), row.getLong("last_change"), row.getLong("forgotten_until"));
    }

    /** What is found for one stream, kind by kind. */
    private static final class Found {

        private static final Comparator<ChangeEvent> BY_NUMBER = Comparator.comparingLong(ChangeEvent::number);

        private final UUID person;
        private final long after;
        private final End end;
        private final List<ChangeEvent> events = new ArrayList<>();
        private long until;

        Found(UUID person, long after, End end) {
            this.person = person;
            this.after = after;
            this.end = end;
            this.until = end.lastChange();
        }

        UUID person() {
            return person;
        }

        long after() {
            return after;
        }

        long until() {
            return until;
        }

        boolean isBehind() {
            return after < until;
        }

        /** A kind with the most events may have more: what other kinds have beyond its last one comes later. */
        void add(List<ChangeEvent> kind) {
            events.addAll(kind);
            if (kind.size() == MAX_EVENTS) {
                until = Math.min(
                        until,
                        kind.stream().mapToLong(ChangeEvent::number).max().orElseThrow());
            }
        }

        Missed missed() {
            List<ChangeEvent> known = events.stream()
                    .filter(event -> event.number() <= until)
                    .sorted(BY_NUMBER)
                    .toList();
            return new Missed(end, known, until, until < end.lastChange());
        }
    }
}
