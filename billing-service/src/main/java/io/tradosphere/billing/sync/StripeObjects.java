package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.stripe.StripeUnavailable;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The objects of Stripe to fetch: requested, claimed, fetched and applied. */
@ApplicationScoped
public class StripeObjects {

    private static final Logger LOG = Logger.getLogger(StripeObjects.class);

    /** An unexpected failure may be a deploy in progress; after some attempts an operator has to look. */
    private static final int ATTEMPTS_BEFORE_PARKING = 8;

    /** What a caller waits at most for another instance's fetch. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(100);

    private static final String REQUEST = """
            INSERT INTO stripe_objects AS o (id, type) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET requested = o.requested + 1, parked_at = NULL, next_attempt_at = now()
            RETURNING requested
            """;

    /** Materialized: PostgreSQL may evaluate a subquery several times, and then claims more than its limit says. */
    @IncompleteSql
    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
              SELECT id FROM stripe_objects
              WHERE requested > fetched AND parked_at IS NULL AND next_attempt_at <= now() AND %s
                AND (claimed_until IS NULL OR claimed_until < now())
              ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            UPDATE stripe_objects AS o SET claim = gen_random_uuid(), claimed_until = now() + INTERVAL '60 seconds'
            FROM due WHERE o.id = due.id
            RETURNING o.id, o.type, o.requested, o.claim, o.attempts
            """;

    private static final String CLAIM_DUE = CLAIM.formatted("true");
    private static final String CLAIM_ONE = CLAIM.formatted("id = $1");
    private static final String LOCK_CLAIMED = "SELECT FROM stripe_objects WHERE id = $1 AND claim = $2 FOR UPDATE";
    private static final String FINISH = """
            UPDATE stripe_objects SET fetched = $3, claim = NULL, claimed_until = NULL, attempts = 0, reason = NULL
            WHERE id = $1 AND claim = $2
            """;
    /** An event that came after the claim has raised {@code requested}, so its own fetch follows. */
    private static final String MARK_EVENTS = """
            UPDATE stripe_events SET status = $2, reason = $3
            WHERE object_id = $1 AND status IN ('pending', 'parked')
            """;

    private static final String MARK_APPLIED =
            MARK_EVENTS + " AND NOT EXISTS (SELECT FROM stripe_objects o WHERE o.id = $1 AND o.requested > o.fetched)";
    private static final String RETRY = """
            UPDATE stripe_objects SET claim = NULL, claimed_until = NULL, attempts = attempts + 1, reason = $3,
              next_attempt_at = now() + least(INTERVAL '1 second' * 2 ^ least(attempts, 10), INTERVAL '10 minutes')
            WHERE id = $1 AND claim = $2
            """;
    /** An event that came after the claim may be of what mends it, so its own fetch follows. */
    private static final String PARK = """
            UPDATE stripe_objects SET claim = NULL, claimed_until = NULL, attempts = 0, reason = $3,
              parked_at = CASE WHEN requested = $4 THEN now() END
            WHERE id = $1 AND claim = $2 RETURNING parked_at IS NOT NULL AS is_parked
            """;

    private static final String FETCHED = "SELECT FROM stripe_objects WHERE id = $1 AND fetched >= $2";

    private final SliceDatabase slice;
    private final Map<String, StripeObjectHandler<?>> handlers;

    /**
     * An object that this instance alone may fetch.
     *
     * @param requested the request that the fetch answers
     * @param claim the claim's id
     */
    private record Claimed(String id, String type, long requested, UUID claim, int attempts) {

        static Claimed of(Row row) {
            return new Claimed(
                    row.getString("id"),
                    row.getString("type"),
                    row.getLong("requested"),
                    row.getUUID("claim"),
                    row.getInteger("attempts"));
        }
    }

    StripeObjects(SliceDatabase slice, @Any Instance<StripeObjectHandler<?>> handlers) {
        this.slice = slice;
        this.handlers = handlers.stream()
                .collect(Collectors.toUnmodifiableMap(StripeObjectHandler::objectType, Function.identity()));
    }

    /** Requests a fetch with this transaction. */
    public Uni<Long> request(Tx tx, String type, String id) {
        return tx.execute(REQUEST, id, type).map(rows -> rows.iterator().next().getLong("requested"));
    }

    /**
     * Requests a fetch and runs it, or waits a little for the instance that does.
     *
     * @return whether an object fetched after this call is applied; false when it is not yet, such as when Stripe is away
     */
    public Uni<Boolean> refresh(String type, String id) {
        return slice.asWorker(tx -> request(tx, type, id))
                .chain(requested -> slice.asWorker(CLAIM_ONE, id)
                        .map(rows -> Rows.list(rows, Claimed::of))
                        .chain(claimed -> claimed.isEmpty() ? Uni.createFrom().voidItem() : process(claimed.get(0)))
                        .chain(() -> awaitFetched(id, requested)));
    }

    private Uni<Boolean> awaitFetched(String id, long requested) {
        return Uni.createFrom()
                .deferred(() -> slice.asWorker(FETCHED, id, requested).map(rows -> rows.size() == 1))
                .repeat()
                .withDelay(POLL)
                .whilst(fetched -> !fetched)
                .collect()
                .last()
                .ifNoItem()
                .after(LONGEST_WAIT)
                .recoverWithItem(false);
    }

    /** Claims an object that is due. Returns the fetch of it, which does not fail; empty when none is due. */
    Uni<Optional<Uni<Void>>> claimDue() {
        return slice.asWorker(CLAIM_DUE)
                .map(rows -> Rows.first(rows, Claimed::of).map(this::process));
    }

    private Uni<Void> process(Claimed claimed) {
        StripeObjectHandler<?> handler = handlers.get(claimed.type());
        if (handler == null) {
            return finish(claimed, "ignored", "no handler of " + claimed.type());
        }
        return fetchAndApply(claimed, handler)
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithUni(missing -> finish(claimed, "ignored", "Stripe has no such object"))
                .onFailure()
                .recoverWithUni(failure -> fail(claimed, failure));
    }

    private <T> Uni<Void> fetchAndApply(Claimed claimed, StripeObjectHandler<T> handler) {
        return handler.fetch(claimed.id())
                .chain(fetched -> slice.asWorker(tx -> tx.execute(LOCK_CLAIMED, claimed.id(), claimed.claim())
                        // A claim that ended belongs to somebody else, who fetches later than this.
                        .chain(owned -> owned.size() == 0
                                ? Uni.createFrom().voidItem()
                                : handler.apply(tx, fetched).chain(() -> finish(tx, claimed, "applied", null)))));
    }

    private Uni<Void> finish(Claimed claimed, String status, String reason) {
        return slice.asWorker(tx -> finish(tx, claimed, status, reason));
    }

    private static Uni<Void> finish(Tx tx, Claimed claimed, String status, String reason) {
        return tx.execute(FINISH, claimed.id(), claimed.claim(), claimed.requested())
                .chain(() -> tx.execute(MARK_APPLIED, claimed.id(), status, reason))
                .replaceWithVoid();
    }

    private Uni<Void> fail(Claimed claimed, Throwable failure) {
        boolean passes =
                failure instanceof StripeUnavailable || SqlFailure.of(failure).isPassing();
        boolean park = !passes
                && (failure instanceof CannotApply
                        || failure instanceof StripeRefused
                        || claimed.attempts() + 1 >= ATTEMPTS_BEFORE_PARKING);
        String reason = FailureReason.of(failure);
        if (park) {
            LOG.errorf(failure, "Stripe's %s %s cannot be applied", claimed.type(), claimed.id());
        } else {
            LOG.warnf("Stripe's %s %s is fetched again later: %s", claimed.type(), claimed.id(), reason);
        }
        return slice.asWorker(tx -> park
                        ? park(tx, claimed, reason)
                        : tx.execute(RETRY, claimed.id(), claimed.claim(), reason)
                                .replaceWithVoid())
                // The claim ends by itself.
                .onFailure()
                .invoke(lost -> LOG.warnf("The failure of %s could not be stored: %s", claimed.id(), lost))
                .onFailure()
                .recoverWithNull();
    }

    private static Uni<Void> park(Tx tx, Claimed claimed, String reason) {
        return tx.execute(PARK, claimed.id(), claimed.claim(), reason, claimed.requested())
                .chain(ended ->
                        Rows.first(ended, row -> row.getBoolean("is_parked")).orElse(false)
                                ? tx.execute(MARK_EVENTS, claimed.id(), "parked", reason)
                                        .replaceWithVoid()
                                : Uni.createFrom().voidItem());
    }
}
