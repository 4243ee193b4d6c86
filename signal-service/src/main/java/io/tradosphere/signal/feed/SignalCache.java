package io.tradosphere.signal.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A cache of signals for feeds. Everything of a signal except its counters changes only with two numbers: its version,
 * and the sequence of its creator's profile. A cached signal is used only if both are at least as new as the feed
 * entry's. Signals that are not public are read as the reader each time and never cached.
 */
@ApplicationScoped
class SignalCache {

    /** How long a deleted signal, or one of an erased creator, can stay in memory. No feed shows it meanwhile. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** The capacity in characters: the rationale and {@link #BASE_WEIGHT} for each signal. It comes to some 20 MiB. */
    private static final long MAX_WEIGHT = 8_000_000;

    private static final int BASE_WEIGHT = 500;

    private static final String READ = "SELECT " + SignalView.COLUMNS + ", " + FeedEntry.CREATOR + " FROM "
            + SignalView.TABLES + " WHERE s.id = ANY ($1)";

    private final SliceDatabase slice;
    private final Cache<UUID, CachedSignal> cache = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((UUID id, CachedSignal signal) -> signal.view().rationale().length() + BASE_WEIGHT)
            .expireAfterWrite(MAX_AGE)
            .build();

    SignalCache(SliceDatabase slice) {
        this.slice = slice;
    }

    private record CachedSignal(SignalView view, long version, long creatorSequence) {

        static CachedSignal of(Row row) {
            return new CachedSignal(SignalView.of(row), row.getLong("version"), row.getLong("creator_sequence"));
        }

        boolean isUpTo(FeedEntry entry) {
            return version >= entry.version() && creatorSequence >= entry.creatorSequence();
        }
    }

    /**
     * The signals of these entries by id, of the entries' versions or later ones. Left out is what was deleted, or is no longer
     * for the reader.
     */
    Uni<Map<UUID, SignalView>> read(Caller reader, List<FeedEntry> entries) {
        UUID[] hidden = entries.stream()
                .filter(entry -> !entry.isPublic())
                .map(FeedEntry::id)
                .toArray(UUID[]::new);
        Uni<Map<UUID, SignalView>> found =
                readPublic(entries.stream().filter(FeedEntry::isPublic).toList());
        return hidden.length == 0
                ? found
                : found.chain(signals -> slice.read(reader, READ, (Object) hidden)
                        .map(rows -> {
                            Rows.list(rows, SignalView::of).forEach(signal -> signals.put(signal.id(), signal));
                            return signals;
                        }));
    }

    private Uni<Map<UUID, SignalView>> readPublic(List<FeedEntry> entries) {
        Map<UUID, SignalView> found = new HashMap<>();
        for (FeedEntry entry : entries) {
            CachedSignal signal = cache.getIfPresent(entry.id());
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
            for (CachedSignal signal : Rows.list(rows, CachedSignal::of)) {
                cache.put(signal.view().id(), signal);
                found.put(signal.view().id(), signal.view());
            }
            return found;
        });
    }
}
