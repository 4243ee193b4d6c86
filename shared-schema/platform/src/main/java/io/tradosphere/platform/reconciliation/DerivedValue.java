package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Tx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A reconciliation of values whose source is in the same slice. One statement compares both from one snapshot.
 *
 * <p>If the value changes in the transaction of its source, every difference is drift. If events update it, differing rows are
 * compared again after the events in flight. Rows that still differ are compared once more while their source is locked.
 *
 * @param compare SQL that returns each row's {@code id} (uuid) and the jsonb objects {@code expected} and {@code actual}; in it
 *     and in the other statements a column in braces stands for the condition that it is one of the requested ids
 * @param inFlight the events that update the value; empty when its source's transaction does
 * @param locks statements that prevent changes of the expected values, and do not hold up the consumer
 * @param repairs statements that repair
 */
public record DerivedValue(
        String name,
        Set<String> columns,
        String compare,
        Optional<OwnEvents> inFlight,
        List<String> locks,
        List<String> repairs)
        implements Reconciliation {

    private static final int COMPARISONS = 3;
    private static final int BATCH_SIZE = 500;
    private static final int MAX_SUSPECTS = 10_000;
    private static final int TRIES = 5;
    private static final Duration LOCKED_TIMEOUT = Duration.ofSeconds(10);
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'";
    private static final String DEADLOCK = "40P01";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @IncompleteSql
    private static final String ALL = """
            WITH compared AS MATERIALIZED (%s)
            SELECT NULL::uuid AS id, NULL::text AS expected, NULL::text AS actual, count(*) AS rows FROM compared
            UNION ALL
            (SELECT id, expected::text, actual::text, NULL FROM compared WHERE expected IS DISTINCT FROM actual
             ORDER BY id LIMIT %d)
            """;

    @IncompleteSql
    private static final String SOME = """
            SELECT id, expected::text, actual::text FROM (%s) AS compared WHERE expected IS DISTINCT FROM actual ORDER BY id
            """;

    /**
     * Events of this slice that this service applies itself.
     *
     * @param purpose the consumer group's purpose
     */
    public record OwnEvents(Set<Topic> topics, String purpose) {}

    /** A value that changes in the transaction of its source. */
    public static DerivedValue ofTransaction(
            String name, Set<String> columns, String compare, List<String> locks, List<String> repairs) {
        return new DerivedValue(name, columns, compare, Optional.empty(), locks, repairs);
    }

    /** A value that events update. */
    public static DerivedValue ofEvents(
            String name,
            Set<String> columns,
            String compare,
            OwnEvents inFlight,
            List<String> locks,
            List<String> repairs) {
        return new DerivedValue(name, columns, compare, Optional.of(inFlight), locks, repairs);
    }

    @Override
    public Uni<Outcome> run(Reconciler reconciler, boolean repair) {
        return reconciler
                .slice()
                .asWorker(ALL.formatted(new SqlTemplate(compare).unrestricted(), MAX_SUSPECTS))
                .chain(rows -> {
                    long compared = rows.iterator().next().getLong("rows");
                    return settle(reconciler, suspects(rows), 0)
                            .chain(suspects -> suspects.isEmpty() || (inFlight.isEmpty() && !repair)
                                    ? Uni.createFrom().item(new Outcome(compared, suspects.size(), 0, drift(suspects)))
                                    : decide(reconciler, suspects, repair)
                                            .map(found -> new Outcome(
                                                    compared, found.size(), repair ? found.size() : 0, drift(found))));
                });
    }

    /** Compares again after the events in flight, a few times. */
    private Uni<List<Suspect>> settle(Reconciler reconciler, List<Suspect> suspects, int comparisons) {
        if (inFlight.isEmpty() || suspects.isEmpty() || comparisons == COMPARISONS) {
            return Uni.createFrom().item(suspects);
        }
        return reconciler
                .awaitOwn(inFlight.get(), reconciler.timeout())
                .chain(() -> reconciler
                        .slice()
                        .asWorker(SOME.formatted(new SqlTemplate(compare).restricted(1)), (Object)
                                suspects.stream().map(Suspect::id).toArray(UUID[]::new)))
                .chain(rows -> settle(reconciler, suspects(rows), comparisons + 1));
    }

    /** Compares these rows while their source is locked, and repairs them in the same transaction. */
    private Uni<List<Suspect>> decide(Reconciler reconciler, List<Suspect> suspects, boolean repair) {
        List<UUID[]> batches = new ArrayList<>();
        for (int from = 0; from < suspects.size(); from += BATCH_SIZE) {
            batches.add(suspects.subList(from, Math.min(suspects.size(), from + BATCH_SIZE)).stream()
                    .map(Suspect::id)
                    .toArray(UUID[]::new));
        }
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(batch -> reconciler
                        .slice()
                        .asWorker(tx -> compareLocked(reconciler, tx, batch, repair))
                        .onFailure(DerivedValue::isTransient)
                        .retry()
                        .atMost(TRIES)
                        .invoke(reconciler::progressed))
                .collect()
                .asList()
                .map(found -> found.stream().flatMap(List::stream).toList());
    }

    private Uni<List<Suspect>> compareLocked(Reconciler reconciler, Tx tx, UUID[] ids, boolean repair) {
        return tx.execute(LOCK_TIMEOUT)
                .chain(() -> each(tx, locks, ids))
                .chain(() -> inFlight.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : reconciler.awaitOwn(inFlight.get(), LOCKED_TIMEOUT))
                .chain(() -> tx.execute(SOME.formatted(new SqlTemplate(compare).restricted(1)), (Object) ids))
                .map(DerivedValue::suspects)
                .call(found -> found.isEmpty() || !repair
                        ? Uni.createFrom().voidItem()
                        : each(tx, repairs, found.stream().map(Suspect::id).toArray(UUID[]::new)));
    }

    /** Another transaction goes first. A waiting one may hold a lock that the consumer needs. */
    private static boolean isTransient(Throwable failure) {
        return failure instanceof ReconciliationException
                || (failure instanceof PgException pg
                        && (DEADLOCK.equals(pg.getSqlState()) || LOCK_NOT_AVAILABLE.equals(pg.getSqlState())));
    }

    private static Uni<Void> each(Tx tx, List<String> statements, UUID[] ids) {
        return Multi.createFrom()
                .iterable(statements)
                .map(SqlTemplate::new)
                .onItem()
                .transformToUniAndConcatenate(statement -> statement.isRestrictable()
                        ? tx.execute(statement.restricted(1), (Object) ids)
                        : tx.execute(statement.sql()))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static List<Suspect> suspects(RowSet<Row> rows) {
        List<Suspect> suspects = new ArrayList<>();
        for (Row row : rows) {
            if (row.getUUID("id") != null) {
                suspects.add(new Suspect(row.getUUID("id"), row.getString("expected"), row.getString("actual")));
            }
        }
        return suspects;
    }

    private static List<Outcome.Drift> drift(List<Suspect> suspects) {
        return suspects.stream()
                .map(suspect -> new Outcome.Drift(
                        suspect.id().toString(), Differences.describe(suspect.actual(), suspect.expected())))
                .toList();
    }

    private record Suspect(UUID id, String expected, String actual) {}
}
