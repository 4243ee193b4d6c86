package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;

/** Stores events of Stripe, from webhooks and from its list of events. Each requests a fetch of its object, once. */
@ApplicationScoped
public class StripeNotices {

    /** One statement, so that Stripe waits for one round trip. A repeated event requests nothing. */
    private static final String STORE = """
            WITH fresh AS (
              INSERT INTO stripe_events (id, type, object_id, object_type, account, api_version, occurred_at, status, reason)
              VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8::boolean THEN 'pending' ELSE 'ignored' END,
                CASE WHEN NOT $8::boolean THEN 'no handler of this type' END)
              ON CONFLICT (id) DO NOTHING
              RETURNING object_id, object_type)
            INSERT INTO stripe_objects AS o (id, type) SELECT object_id, object_type FROM fresh WHERE $8::boolean
            ON CONFLICT (id) DO UPDATE SET requested = o.requested + 1, parked_at = NULL, next_attempt_at = now()
            """;

    private final SliceDatabase slice;
    private final Set<String> handled;

    StripeNotices(SliceDatabase slice, @Any Instance<StripeObjectHandler<?>> handlers) {
        this.slice = slice;
        this.handled = handlers.stream()
                .flatMap(handler -> handler.eventTypes().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Stores an event; one that is stored already changes nothing. */
    public Uni<Void> store(StripeNotice notice) {
        boolean wanted = handled.contains(notice.type()) && notice.objectId() != null && notice.objectType() != null;
        return slice.asWorker(
                        STORE,
                        notice.id(),
                        notice.type(),
                        notice.objectId(),
                        notice.objectType(),
                        notice.account(),
                        notice.apiVersion(),
                        notice.occurredAt().atOffset(ZoneOffset.UTC),
                        wanted)
                .replaceWithVoid();
    }

    /** The types of events that change anything here. */
    Set<String> handled() {
        return handled;
    }
}
