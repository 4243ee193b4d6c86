package io.tradosphere.platform.reconciliation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Topic;
import io.tradosphere.platform.reconciliation.SourceClient.SourceRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A reconciliation of a replica with its source in another service. Both sides compute digests over ranges of the keys' hashes.
 * Only the rows of ranges that differ are compared one by one.
 *
 * <p>Events in flight are no drift. A row has drifted if it differs, with the same marks on both sides, before and after all
 * earlier events have been applied. A replica that counts events has no marks that stand still under load: its rows are decided
 * while the source is locked.
 *
 * @param source the slice that owns the rows
 * @param dataset its {@link ReplicaSource#dataset}
 * @param purpose the purpose of the consumer group that maintains the replica
 * @param rows SQL like {@link ReplicaSource#rows}, with a further column {@code sequence}: that of the row's last event; null for
 *     a replica without sequences
 */
public record ReplicaCopy(
        String name,
        Set<String> columns,
        String source,
        String dataset,
        Topic topic,
        String purpose,
        String rows,
        ReplicaRepair repair)
        implements Reconciliation {

    private static final int RANGES_AT_ONCE = 64;
    private static final int KEYS_AT_ONCE = 500;
    private static final int MAX_SUSPECTS = 10_000;
    private static final int COMPARISONS = 2;
    private static final int TRIES = 5;
    private static final Duration HELD_TIMEOUT = Duration.ofSeconds(6);

    private static final String ERASED = """
            SELECT key FROM unnest($1::text[]) AS key
            WHERE EXISTS (
              SELECT FROM unnest(string_to_array(key, ':')) AS part JOIN erased_profiles e
                ON e.pseudonym = auth.pseudonym(CASE WHEN length(part) = 36 THEN part::uuid END)
              WHERE e.erased_at > now() - interval '10 minutes')
            """;

    @Override
    public Uni<Outcome> run(Reconciler reconciler, boolean repairs) {
        return reconciler
                .sources()
                .digests(source, dataset)
                .chain(theirs -> own().digests(reconciler.slice(), theirs.sequence())
                        .chain(ours -> suspects(reconciler, RowSets.differing(theirs.ranges(), ours.ranges()))
                                .chain(suspects -> settle(reconciler, suspects, 0))
                                .chain(suspects -> decide(reconciler, suspects, repairs))
                                .map(found -> new Outcome(
                                        Math.max(theirs.rows(), ours.rows()),
                                        found.drifted().size(),
                                        found.repaired(),
                                        found.drifted().values().stream()
                                                .map(Suspect::drift)
                                                .toList()))));
    }

    private RowSets own() {
        return new RowSets(rows, true);
    }

    /** The rows that differ in these ranges; at most 10,000. */
    private Uni<Map<String, Suspect>> suspects(Reconciler reconciler, List<String> ranges) {
        return inBatches(
                ranges,
                RANGES_AT_ONCE,
                batch -> reconciler
                        .sources()
                        .rowsOfRanges(source, dataset, batch)
                        .chain(theirs -> own().ofRanges(reconciler.slice()::asWorker, theirs.sequence(), batch)
                                .map(ours -> differing(theirs, ours)))
                        .invoke(reconciler::progressed));
    }

    private Uni<Map<String, Suspect>> again(Reconciler reconciler, Map<String, Suspect> suspects) {
        return inBatches(
                List.copyOf(suspects.keySet()),
                KEYS_AT_ONCE,
                keys -> reconciler
                        .sources()
                        .rowsOfKeys(source, dataset, keys)
                        .chain(theirs -> own().ofKeys(reconciler.slice()::asWorker, theirs.sequence(), keys)
                                .map(ours -> differing(theirs, ours))
                                .chain(found -> withoutErased(reconciler.slice()::asWorker, found)))
                        .invoke(reconciler::progressed));
    }

    /** A row of a person who has just been erased is in flight: source and replica erase it each in their time. */
    private static Uni<Map<String, Suspect>> withoutErased(RowSets.Executor database, Map<String, Suspect> suspects) {
        return database.execute(ERASED, (Object) suspects.keySet().toArray(String[]::new))
                .map(rows -> {
                    Map<String, Suspect> left = new TreeMap<>(suspects);
                    rows.forEach(row -> left.remove(row.getString("key")));
                    return left;
                });
    }

    private Uni<Map<String, Suspect>> settle(Reconciler reconciler, Map<String, Suspect> suspects, int comparisons) {
        if (suspects.isEmpty() || comparisons == COMPARISONS) {
            return Uni.createFrom().item(suspects);
        }
        return await(reconciler, reconciler.timeout())
                .chain(() -> again(reconciler, suspects))
                .map(found -> {
                    Map<String, Suspect> lasting = new TreeMap<>(found);
                    if (repair instanceof ReplicaRepair.Republish) {
                        lasting.entrySet().retainAll(suspects.entrySet());
                    }
                    return lasting;
                })
                .chain(lasting -> settle(reconciler, lasting, comparisons + 1));
    }

    private Uni<Void> await(Reconciler reconciler, Duration timeout) {
        return reconciler.awaitFrom(source, dataset, topic, purpose, timeout);
    }

    private Uni<Findings> decide(Reconciler reconciler, Map<String, Suspect> suspects, boolean repairs) {
        if (suspects.isEmpty()) {
            return Uni.createFrom().item(new Findings(suspects, 0));
        }
        if (repair instanceof ReplicaRepair.Apply apply) {
            return inBatches(
                            List.copyOf(suspects.keySet()),
                            KEYS_AT_ONCE,
                            keys -> compareHeld(reconciler, apply, keys, repairs)
                                    .onFailure(ReconciliationException.class)
                                    .retry()
                                    .atMost(TRIES)
                                    .invoke(reconciler::progressed))
                    .map(found -> new Findings(found, repairs ? found.size() : 0));
        }
        return repairs
                ? republish(reconciler, (ReplicaRepair.Republish) repair, suspects)
                : Uni.createFrom().item(new Findings(suspects, 0));
    }

    private Uni<Findings> republish(
            Reconciler reconciler, ReplicaRepair.Republish republish, Map<String, Suspect> suspects) {
        return inBatches(
                        List.copyOf(suspects.keySet()),
                        KEYS_AT_ONCE,
                        keys -> reconciler
                                .slice()
                                .asWorker(republish.forget(), (Object) keys.toArray(String[]::new))
                                .chain(() -> reconciler.sources().republish(source, dataset, keys))
                                .invoke(reconciler::progressed)
                                .replaceWith(Map.<String, Suspect>of()))
                .chain(() -> await(reconciler, reconciler.timeout()))
                .chain(() -> again(reconciler, suspects))
                .map(left -> {
                    // A row that changes again meanwhile differs in another way, and is repaired all the same.
                    left.entrySet().retainAll(suspects.entrySet());
                    return new Findings(suspects, suspects.size() - left.size());
                });
    }

    /** Compares and repairs while the source is locked: nothing is in flight then, so nothing is lost or counted twice. */
    private Uni<Map<String, Suspect>> compareHeld(
            Reconciler reconciler, ReplicaRepair.Apply apply, List<String> keys, boolean repairs) {
        return reconciler
                .sources()
                .hold(source, dataset, keys)
                .chain(held -> await(reconciler, HELD_TIMEOUT)
                        .chain(() -> reconciler
                                .slice()
                                .asWorker(tx -> own().ofKeys(
                                                tx::execute, held.rows().sequence(), keys)
                                        .map(ours -> differing(held.rows(), ours))
                                        .chain(found -> withoutErased(tx::execute, found))
                                        .call(found -> repairs && !found.isEmpty()
                                                ? apply(tx::execute, apply, found)
                                                : Uni.createFrom().voidItem())))
                        .eventually(() -> reconciler.sources().release(source, held)));
    }

    private static Uni<Void> apply(RowSets.Executor tx, ReplicaRepair.Apply apply, Map<String, Suspect> found) {
        String[] keys = found.keySet().toArray(String[]::new);
        String[] states = found.values().stream()
                .map(suspect ->
                        suspect.theirs() == null ? null : suspect.theirs().state())
                .toArray(String[]::new);
        return Multi.createFrom()
                .iterable(apply.statements())
                .onItem()
                .transformToUniAndConcatenate(statement -> tx.execute(statement, keys, states))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Map<String, Suspect> differing(SourceRows theirs, List<KeyedRow> ours) {
        Map<String, KeyedRow> stored = new HashMap<>();
        ours.forEach(row -> stored.put(row.key(), row));
        Map<String, Suspect> differing = new TreeMap<>();
        for (KeyedRow row : theirs.rows()) {
            KeyedRow own = stored.remove(row.key());
            if (own == null || !Objects.equals(own.state(), row.state())) {
                differing.put(row.key(), new Suspect(row.key(), row, own));
            }
        }
        stored.values().forEach(row -> differing.put(row.key(), new Suspect(row.key(), null, row)));
        return differing;
    }

    private static <T> Uni<Map<String, Suspect>> inBatches(
            List<T> all, int size, Function<List<T>, Uni<Map<String, Suspect>>> work) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .asList()
                .map(found -> {
                    Map<String, Suspect> together = new TreeMap<>();
                    found.forEach(some -> some.forEach((key, suspect) -> {
                        if (together.size() < MAX_SUSPECTS) {
                            together.put(key, suspect);
                        }
                    }));
                    return together;
                });
    }

    private record Findings(Map<String, Suspect> drifted, long repaired) {}

    private record Suspect(String key, KeyedRow theirs, KeyedRow own) {

        Outcome.Drift drift() {
            return new Outcome.Drift(
                    key,
                    Differences.describe(own == null ? null : own.state(), theirs == null ? null : theirs.state()));
        }
    }
}
