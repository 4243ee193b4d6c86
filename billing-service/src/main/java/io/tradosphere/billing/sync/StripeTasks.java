package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.jobs.ScheduledJob;
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

/**
 * A scheduled job that does at Stripe what a transaction here decided. The task is stored with that transaction and deleted
 * after Stripe's yes, so a crash in between repeats it.
 */
@ApplicationScoped
public class StripeTasks implements ScheduledJob {

    private static final Logger LOG = Logger.getLogger(StripeTasks.class);

    /** One that runs at this moment runs once more, since it may have seen what was before. */
    private static final String REQUEST = """
            INSERT INTO stripe_tasks AS t (kind, stripe_id, other_stripe_id) VALUES ($1, $2, $3)
            ON CONFLICT (kind, stripe_id) DO UPDATE SET requested = t.requested + 1, parked_at = NULL, next_attempt_at = now(),
              other_stripe_id = EXCLUDED.other_stripe_id
            """;
    /** Materialized: PostgreSQL may evaluate a subquery several times, and then claims more than its limit says. */
    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
              SELECT kind, stripe_id FROM stripe_tasks
              WHERE parked_at IS NULL AND next_attempt_at <= now() AND (claimed_until IS NULL OR claimed_until < now())
              ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            UPDATE stripe_tasks AS t SET claim = gen_random_uuid(), claimed_until = now() + INTERVAL '2 minutes'
            FROM due WHERE (t.kind, t.stripe_id) = (due.kind, due.stripe_id)
            RETURNING t.kind, t.stripe_id, t.other_stripe_id, t.requested, t.claim
            """;

    private static final String DONE =
            "DELETE FROM stripe_tasks WHERE kind = $1 AND stripe_id = $2 AND claim = $3 AND requested = $4";
    private static final String ONCE_MORE = """
            UPDATE stripe_tasks SET claim = NULL, claimed_until = NULL, attempts = 0
            WHERE kind = $1 AND stripe_id = $2 AND claim = $3
            """;
    private static final String RETRY = """
            UPDATE stripe_tasks SET claim = NULL, claimed_until = NULL, attempts = attempts + 1, reason = $4,
              next_attempt_at = now() + least(INTERVAL '1 second' * 2 ^ least(attempts, 10), INTERVAL '10 minutes'),
              parked_at = CASE WHEN $5 AND requested = $6 THEN now() END
            WHERE kind = $1 AND stripe_id = $2 AND claim = $3
            """;

    private final SliceDatabase slice;
    private final Map<String, StripeTaskHandler> handlers;
    private final QueueWorkers workers;

    /** @param requested how often it was requested before it was claimed */
    private record Task(String kind, String stripeId, String otherStripeId, long requested, UUID claim) {

        static Task of(Row row) {
            return new Task(
                    row.getString("kind"),
                    row.getString("stripe_id"),
                    row.getString("other_stripe_id"),
                    row.getLong("requested"),
                    row.getUUID("claim"));
        }
    }

    StripeTasks(SliceDatabase slice, @Any Instance<StripeTaskHandler> handlers) {
        this.slice = slice;
        this.handlers =
                handlers.stream().collect(Collectors.toUnmodifiableMap(StripeTaskHandler::kind, Function.identity()));
        this.workers = new QueueWorkers("Tasks at Stripe", this::claim);
    }

    /**
     * Requests a task with this transaction. The same task again runs once more.
     *
     * @param otherStripeId null when the kind needs none
     */
    public Uni<Void> request(Tx tx, String kind, String stripeId, String otherStripeId) {
        return tx.execute(REQUEST, kind, stripeId, otherStripeId).replaceWithVoid();
    }

    @Override
    public String name() {
        return "stripe-tasks";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    /** Begins what is due, and does not wait for it: the next run takes what is due then. */
    @Override
    public Uni<Void> run() {
        workers.wake();
        return Uni.createFrom().voidItem();
    }

    private Uni<Optional<Uni<Void>>> claim() {
        return slice.asWorker(CLAIM).map(rows -> Rows.first(rows, Task::of).map(this::run));
    }

    private Uni<Void> run(Task task) {
        return Uni.createFrom()
                .deferred(() -> handlers.get(task.kind()).run(task.stripeId(), task.otherStripeId()))
                .chain(() -> slice.asWorker(
                        tx -> tx.execute(DONE, task.kind(), task.stripeId(), task.claim(), task.requested())
                                .chain(() -> tx.execute(ONCE_MORE, task.kind(), task.stripeId(), task.claim()))))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> fail(task, failure));
    }

    private Uni<Void> fail(Task task, Throwable failure) {
        boolean park = failure instanceof CannotApply || failure instanceof StripeRefused;
        String reason = FailureReason.of(failure);
        LOG.warnf(
                "The task %s of Stripe's %s %s: %s",
                task.kind(), task.stripeId(), park ? "is parked" : "is repeated", reason);
        return slice.asWorker(RETRY, task.kind(), task.stripeId(), task.claim(), reason, park, task.requested())
                .replaceWithVoid();
    }
}
