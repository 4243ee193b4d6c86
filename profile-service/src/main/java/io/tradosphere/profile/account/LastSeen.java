package io.tradosphere.profile.account;

import io.tradosphere.platform.db.Slice;
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

/** Notes when people were last here, at most every five minutes each, and never in the way of their request. */
@ApplicationScoped
class LastSeen {

    private static final Logger LOG = Logger.getLogger(LastSeen.class);
    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(5);
    private static final int REMEMBERED = 10_000;
    private static final String NOTE = "UPDATE profile_presence SET last_seen = now(), updated_at = now()"
            + " WHERE profile_id = $1 AND last_seen < now() - INTERVAL '5 minutes'";

    private final Slice slice;
    private final CurrentCaller caller;

    /** Spares the database the question; it is the database that decides. */
    private final Map<UUID, Long> noted = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
            return size() > REMEMBERED;
        }
    });

    LastSeen(Slice slice, CurrentCaller caller) {
        this.slice = slice;
        this.caller = caller;
    }

    @ServerRequestFilter(priority = FilterOrder.AFTER_IDENTITY)
    void note() {
        caller.optional().ifPresent(seen -> {
            long now = System.nanoTime();
            Long last = noted.get(seen.id());
            if (last == null || now - last > AT_MOST_EVERY.toNanos()) {
                noted.put(seen.id(), now);
                slice.workOnce(NOTE, seen.id())
                        .subscribe()
                        .with(done -> {}, failure -> LOG.debugf("lastSeen stays as it is: %s", failure.getMessage()));
            }
        });
    }
}
