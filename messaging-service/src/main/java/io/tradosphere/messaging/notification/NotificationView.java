package io.tradosphere.messaging.notification;

import io.tradosphere.contracts.Nullable;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.profiles.ProfileSummary;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A notification as its person sees it.
 *
 * @param id the id of the notification
 * @param type what it is about
 * @param title a sentence such as "Ana and 41 others followed you"
 * @param content more text; null when there is none
 * @param data ids and figures by name
 * @param actor who caused it last; null when nobody did, or that person was erased
 * @param count the number of causes: 42 for "Ana and 41 others"
 * @param readAt when it was read; null while unread
 * @param createdAt when the first cause was noted
 * @param occurredAt when the latest cause was noted; notifications are listed by it
 */
public record NotificationView(
        UUID id,
        NotificationType type,
        String title,
        @Nullable String content,
        Map<String, String> data,
        @Nullable ProfileSummary actor,
        long count,
        @Nullable Instant readAt,
        Instant createdAt,
        Instant occurredAt) {

    /** The selected columns, of {@code notifications n} and {@code profiles p}, the actor if there is one. */
    public static final String COLUMNS = "n.id AS notification_id, n.type, n.title, n.content, n.data::text AS data, "
            + "n.cause_count, n.read_at, n.created_at, n.occurred_at, " + ProfileSummary.COLUMNS;

    /** Maps a row with {@link #COLUMNS}. */
    public static NotificationView of(Row row) {
        NotificationType type = NotificationType.of(row.getString("type"));
        ProfileSummary actor = row.getUUID("profile_id") == null ? null : ProfileSummary.of(row);
        long count = row.getLong("cause_count");
        return new NotificationView(
                row.getUUID("notification_id"),
                type,
                actor == null ? row.getString("title") : type.title(name(actor), count, row.getString("title")),
                row.getString("content"),
                data(row.getString("data")),
                actor,
                count,
                Rows.instant(row, "read_at"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "occurred_at"));
    }

    private static String name(ProfileSummary actor) {
        return actor.displayName() == null ? actor.username() : actor.displayName();
    }

    private static Map<String, String> data(String json) {
        Map<String, String> data = new TreeMap<>();
        if (json != null) {
            new JsonObject(json).forEach(entry -> data.put(entry.getKey(), String.valueOf(entry.getValue())));
        }
        return data;
    }
}
