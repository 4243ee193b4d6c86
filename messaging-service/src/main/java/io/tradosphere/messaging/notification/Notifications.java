package io.tradosphere.messaging.notification;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.messaging.Notified;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.http.Cursor;
import io.tradosphere.platform.http.Keyset;
import io.tradosphere.platform.http.Page;
import io.tradosphere.platform.http.PageRequest;
import io.tradosphere.platform.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Lists notifications, and marks them as read. */
@ApplicationScoped
class Notifications {

    @IncompleteSql
    private static final String LIST = "SELECT " + NotificationView.COLUMNS + """
             FROM notifications n LEFT JOIN profiles p ON p.id = n.actor_id
            WHERE n.user_id = $1%s AND (n.occurred_at, n.id) < ($2, $3)
            ORDER BY n.occurred_at DESC, n.id DESC LIMIT $4
            """;

    private static final String LIST_ALL = LIST.formatted("");
    private static final String LIST_UNREAD = LIST.formatted(" AND n.read_at IS NULL");

    private static final String UNREAD_COUNT =
            "SELECT coalesce((SELECT unread_notification_count FROM mailboxes WHERE user_id = $1), 0) AS unread_count";

    private static final String LOCK = "SELECT lock_own_mailbox()";

    private static final String READ = """
            WITH marked AS (
              UPDATE notifications SET read_at = now() WHERE id = $1 AND user_id = $2 AND read_at IS NULL RETURNING id
            )
            SELECT EXISTS (SELECT FROM marked) AS is_marked,
              EXISTS (SELECT FROM notifications WHERE id = $1 AND user_id = $2) AS is_known,
              (SELECT incarnation FROM profiles WHERE id = $2) AS incarnation
            """;

    private static final String READ_ALL = """
            WITH marked AS (
              UPDATE notifications SET read_at = now() WHERE user_id = $1 AND read_at IS NULL RETURNING id
            )
            SELECT EXISTS (SELECT FROM marked) AS is_marked, true AS is_known,
              (SELECT incarnation FROM profiles WHERE id = $1) AS incarnation
            """;

    private final SliceDatabase slice;

    Notifications(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * The caller's notifications, the latest first.
     *
     * @param onlyUnread whether to leave out what is read
     */
    Uni<Page<NotificationView>> list(Caller caller, boolean onlyUnread, PageRequest page) {
        Keyset<OffsetDateTime> from = Keyset.newestFirst(page);
        return slice.read(caller, onlyUnread ? LIST_UNREAD : LIST_ALL, caller.id(), from.key(), from.id(), page.rows())
                .map(rows -> page.page(
                        Rows.list(rows, NotificationView::of), last -> Cursor.after(last.occurredAt(), last.id())));
    }

    /** The number of the caller's unread notifications. */
    Uni<UnreadCount> unreadCount(Caller caller) {
        return slice.read(caller, UNREAD_COUNT, caller.id())
                .map(rows -> new UnreadCount(rows.iterator().next().getLong("unread_count")));
    }

    /**
     * Marks a notification of the caller's as read; one that is read stays as it is.
     *
     * @throws Problem {@code not-found} (404)
     */
    Uni<Void> read(Caller caller, UUID notification) {
        return mark(caller, READ, notification, notification, caller.id());
    }

    /** Marks all notifications of the caller as read. */
    Uni<Void> readAll(Caller caller) {
        return mark(caller, READ_ALL, null, caller.id());
    }

    private Uni<Void> mark(Caller caller, String sql, UUID notification, Object... arguments) {
        return slice.write(
                caller,
                tx -> tx.execute(LOCK)
                        .chain(() -> tx.execute(sql, arguments))
                        .map(rows -> rows.iterator().next())
                        .chain(row -> {
                            if (!row.getBoolean("is_known")) {
                                throw ProblemKind.NOT_FOUND.because("You have no notification of this id.");
                            }
                            Long incarnation = row.getLong("incarnation");
                            return row.getBoolean("is_marked") && incarnation != null
                                    ? tx.publish(new Notified(notification, caller.id(), incarnation, Instant.now()))
                                    : Uni.createFrom().voidItem();
                        }));
    }
}
