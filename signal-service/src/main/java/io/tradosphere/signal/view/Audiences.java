package io.tradosphere.signal.view;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.Topic;
import io.tradosphere.contracts.signal.EngagementEvent;
import io.tradosphere.contracts.signal.SignalEvent;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Optional;

/** Who may read a signal, and to which topic its events go: the public one once it is everybody's. */
public final class Audiences {

    private Audiences() {}

    /** SQL: whether a person may read the signal {@code s}. Row-level security lets a batch read what any of its callers may. */
    public static String readable(String person) {
        return "(s.is_public OR may_read(s.creator_id, " + person + "))";
    }

    /** The event on the topic of the signal's audience. The row has the signal's {@code is_public}. */
    public static Event announced(Row row, SignalEvent event) {
        return row.getBoolean("is_public") ? event : event.on(Topic.SUBSCRIBER_SIGNALS);
    }

    /** The event on the topic of the signal's audience. The row has the signal's {@code is_public}. */
    public static Event announced(Row row, EngagementEvent event) {
        return row.getBoolean("is_public") ? event : event.on(Topic.SUBSCRIBER_ENGAGEMENT);
    }

    /**
     * Reads what belongs to a signal that is everybody's, and only if there is nothing such, as the caller. So public signals take no
     * transaction.
     *
     * @param sql returns at least one row if the signal can be read
     */
    public static Uni<RowSet<Row>> read(SliceDatabase slice, Optional<Caller> caller, String sql, Object... arguments) {
        return slice.publicRead(sql, arguments)
                .chain(found -> found.size() > 0 || caller.isEmpty()
                        ? Uni.createFrom().item(found)
                        : slice.read(caller.get(), sql, arguments));
    }
}
