package io.tradosphere.messaging.notification;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.EnumText;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads and replaces a person's preferences. */
@ApplicationScoped
class PreferenceStore {

    private static final String FIND = """
            SELECT (SELECT who_may_write FROM mailboxes WHERE user_id = $1) AS who_may_write,
              ARRAY(SELECT type FROM notification_preferences WHERE user_id = $1 AND NOT enabled) AS disabled
            """;
    private static final String SET_WRITERS = """
            INSERT INTO mailboxes (user_id, who_may_write) SELECT id, $2 FROM profiles WHERE id = $1
            ON CONFLICT (user_id) DO UPDATE SET who_may_write = EXCLUDED.who_may_write
            RETURNING user_id
            """;
    private static final String ENABLE =
            "DELETE FROM notification_preferences WHERE user_id = $1 AND type <> ALL ($2::text[])";
    private static final String DISABLE = """
            INSERT INTO notification_preferences (user_id, type, enabled) SELECT $1, unnest($2::text[]), false
            ON CONFLICT (user_id, type) DO UPDATE SET enabled = false
            """;

    private final SliceDatabase slice;
    private final ProfileFreshness freshness;

    PreferenceStore(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.freshness = freshness;
    }

    /** The caller's preferences, with every type. */
    Uni<Preferences> find(Caller caller) {
        return slice.read(caller, FIND, caller.id()).map(PreferenceStore::preferences);
    }

    /**
     * Replaces the caller's preferences.
     *
     * @throws Problem {@code profile-required} (403)
     */
    Uni<Preferences> replace(Caller caller, Preferences wanted) {
        Writers writers = wanted.whoMayWrite() == null ? Writers.EVERYONE : wanted.whoMayWrite();
        Map<NotificationType, Boolean> types = wanted.types() == null ? Map.of() : wanted.types();
        String[] disabled = Arrays.stream(NotificationType.values())
                .filter(type -> Boolean.FALSE.equals(types.get(type)))
                .map(NotificationType::text)
                .toArray(String[]::new);
        return freshness
                .ensure(
                        () -> slice.write(
                                caller,
                                tx -> tx.execute(SET_WRITERS, caller.id(), EnumText.of(writers))
                                        .invoke(PreferenceStore::requireProfile)
                                        .chain(() -> tx.execute(ENABLE, caller.id(), disabled))
                                        .chain(() -> tx.execute(DISABLE, caller.id(), disabled))
                                        .chain(() -> tx.execute(FIND, caller.id()))),
                        caller.id())
                .map(PreferenceStore::preferences);
    }

    private static void requireProfile(RowSet<Row> written) {
        if (written.size() == 0) {
            throw Refusals.noProfile();
        }
    }

    private static Preferences preferences(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        String writers = row.getString("who_may_write");
        Set<String> disabled = new HashSet<>(Arrays.asList(row.getArrayOfStrings("disabled")));
        Map<NotificationType, Boolean> types = new TreeMap<>();
        for (NotificationType type : NotificationType.values()) {
            types.put(type, !disabled.contains(type.text()));
        }
        return new Preferences(
                writers == null ? Writers.EVERYONE : Writers.valueOf(writers.toUpperCase(Locale.ROOT)), types);
    }
}
