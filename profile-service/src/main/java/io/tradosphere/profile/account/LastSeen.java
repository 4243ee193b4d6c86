package io.tradosphere.profile.account;

import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.CurrentCaller;
import io.tradosphere.platform.identity.FilterOrder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A request filter that records when a caller was last seen. It writes at most once in five minutes per caller, and
 * never delays the request.
 */
@ApplicationScoped
class LastSeen {

    private static final Logger LOG = Logger.getLogger(LastSeen.class);
    private static final Duration MIN_INTERVAL = Duration.ofMinutes(5);
    private static final int CACHE_SIZE = 10_000;
    private static final String UPDATE_LAST_SEEN = "UPDATE profile_presence SET last_seen = now(), updated_at = now()"
            + " WHERE profile_id = $1 AND last_seen < now() - INTERVAL '5 minutes'";

    private final SliceDatabase slice;
    private final CurrentCaller caller;

    /** A cache that avoids most updates; the condition in the statement decides. */
    private final Map<UUID, Long> recentUpdates = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
            return size() > CACHE_SIZE;
        }
    });

    LastSeen(SliceDatabase slice, CurrentCaller caller) {
        this.slice = slice;
        this.caller = caller;
    }

    @ServerRequestFilter(priority = FilterOrder.AFTER_IDENTITY)
    void updateLastSeen() {
        caller.optional().ifPresent(seen -> {
            long now = System.nanoTime();
            Long last = recentUpdates.get(seen.id());
            if (last == null || now - last > MIN_INTERVAL.toNanos()) {
                recentUpdates.put(seen.id(), now);
                slice.asWorker(UPDATE_LAST_SEEN, seen.id())
                        .subscribe()
                        .with(done -> {}, failure -> LOG.debugf("Could not update lastSeen: %s", failure.getMessage()));
            }
        });
    }
}
