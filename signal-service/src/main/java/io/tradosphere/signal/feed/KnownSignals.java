package io.tradosphere.signal.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Signals that were read a moment ago. All of a signal but its counters changes with its version or with what was told last of its
 * creator, so whoever knows that a signal is still there, and of which versions it is, need not read the rest of it again.
 */
@ApplicationScoped
class KnownSignals {

    /** How long a signal stays in memory that nobody can ask for any more, since it was deleted or its creator erased. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** In characters of their rationales, and as many for all else that one holds: some 20 MiB together. */
    private static final long MOST = 8_000_000;

    private static final int ALL_ELSE = 500;

    private static final String READ = "SELECT " + SignalView.COLUMNS + ", " + FeedEntry.CREATOR + " FROM "
            + SignalView.TABLES + " WHERE s.id = ANY ($1)";

    private final Slice slice;
    private final Cache<UUID, Known> known = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((UUID id, Known signal) -> signal.view().rationale().length() + ALL_ELSE)
            .expireAfterWrite(LONGEST)
            .build();

    KnownSignals(Slice slice) {
        this.slice = slice;
    }

    private record Known(SignalView view, long version, long creatorSequence) {

        static Known of(Row row) {
            return new Known(SignalView.of(row), row.getLong("version"), row.getLong("creator_sequence"));
        }

        boolean isUpTo(FeedEntry entry) {
            return version >= entry.version() && creatorSequence >= entry.creatorSequence();
        }
    }

    /** The signals of these entries by their ids, of those versions or later ones; without those that are gone meanwhile. */
    Uni<Map<UUID, SignalView>> read(List<FeedEntry> entries) {
        Map<UUID, SignalView> found = new HashMap<>();
        for (FeedEntry entry : entries) {
            Known signal = known.getIfPresent(entry.id());
            if (signal != null && signal.isUpTo(entry)) {
                found.put(entry.id(), signal.view());
            }
        }
        UUID[] missing = entries.stream()
                .map(FeedEntry::id)
                .filter(id -> !found.containsKey(id))
                .toArray(UUID[]::new);
        if (missing.length == 0) {
            return Uni.createFrom().item(found);
        }
        return slice.publicRead(READ, (Object) missing).map(rows -> {
            for (Known signal : Rows.list(rows, Known::of)) {
                known.put(signal.view().id(), signal);
                found.put(signal.view().id(), signal.view());
            }
            return found;
        });
    }
}
