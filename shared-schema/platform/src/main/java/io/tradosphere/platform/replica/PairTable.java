package io.tradosphere.platform.replica;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.inbox.Delivery;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A table of pairs of profiles, such as follows and blocks. A row outlives the end of its relation for its sequence. An event of an
 * ended incarnation ends the pair's relation and inserts no row. The columns of a profile are {@code <name>_id} and {@code
 * <name>_incarnation}.
 *
 * @param <E> the events of the topic
 */
public final class PairTable<E extends Event> implements ReplicaTable<E> {

    private static final SqlFile SQL = SqlFile.of(PairTable.class);

    /** SQL that waits for running transactions of pair tables, and blocks new ones until its own transaction ends. */
    public static final String LOCK_EXCLUSIVE = "SELECT auth.lock('pairs')";

    /**
     * Held to its end by every transaction that applies pairs. Erasure first records that the profile is erased, and then waits for
     * the transactions in flight. Later ones see the record. So no pair is inserted unseen by erasure.
     */
    private static final String LOCK_SHARED = "SELECT auth.lock_shared('pairs')";

    private static final int ERASED_AT_ONCE = 1_000;

    /**
     * A profile need not be known yet. A known profile is locked until the commit, so erasure finds every row. {@code changes} has
     * the second profile of each changed pair, and by how much its number of relations changed.
     */
    @IncompleteSql
    private static final String APPLY = SQL.get("apply");

    @IncompleteSql
    private static final String ERASE_ONE = """
            DELETE FROM :table WHERE (:one_id, :other_id) IN (
              SELECT :one_id, :other_id FROM :table WHERE :one_id = $1 AND :one_incarnation <= $2 LIMIT $3)
            """;
    /** Active and ended rows may have indexes of their own. */
    @IncompleteSql
    private static final String ERASE_OTHER = """
            DELETE FROM :table WHERE (:one_id, :other_id) IN (
              (SELECT :one_id, :other_id FROM :table WHERE :other_id = $1 AND :active AND :other_incarnation <= $2 LIMIT $3)
              UNION ALL
              (SELECT :one_id, :other_id FROM :table WHERE :other_id = $1 AND NOT :active AND :other_incarnation <= $2 LIMIT $3))
            """;

    private final Builder<E> declared;
    private final String apply;

    private PairTable(Builder<E> declared) {
        this.declared = declared;
        this.apply = declared.sql(APPLY);
    }

    /** Begins the declaration of a table. */
    public static <E extends Event> Builder<E> of(String table) {
        return new Builder<>(table);
    }

    @Override
    public Uni<Void> lock(Tx tx) {
        return tx.execute(LOCK_SHARED).replaceWithVoid();
    }

    @Override
    public Uni<Void> apply(Tx tx, List<Delivery<E>> latest) {
        List<Delivery<E>> events = latestPerPair(latest);
        List<Object> arguments = new ArrayList<>(List.of(
                Delivery.column(events, declared.one.id, UUID[]::new),
                Delivery.column(events, declared.other.id, UUID[]::new),
                Delivery.column(events, declared.one.incarnation, Long[]::new),
                Delivery.column(events, declared.other.incarnation, Long[]::new),
                Delivery.column(events, declared.isActive::test, Boolean[]::new),
                Delivery.sequences(events)));
        if (declared.time != null) {
            arguments.add(Delivery.column(events, declared.timeOf, OffsetDateTime[]::new));
        }
        return tx.execute(apply, arguments.toArray()).replaceWithVoid();
    }

    /** A pair may have several keys, such as subscriptions of two incarnations. The highest sequence is the present one. */
    private List<Delivery<E>> latestPerPair(List<Delivery<E>> events) {
        Map<List<UUID>, Delivery<E>> latest = new LinkedHashMap<>();
        events.forEach(delivery -> latest.merge(
                List.of(declared.one.id.apply(delivery.event()), declared.other.id.apply(delivery.event())),
                delivery,
                (first, second) -> first.sequence() > second.sequence() ? first : second));
        return List.copyOf(latest.values());
    }

    @Override
    public List<ErasureStep> erasure() {
        String name = declared.table + ".";
        return List.of(
                ErasureStep.by(
                        (tx, person, incarnation) -> tx.execute(LOCK_EXCLUSIVE).replaceWith(false)),
                ErasureStep.of(declared.sql(ERASE_ONE), ERASED_AT_ONCE).covering(name + declared.one.name + "_id"),
                ErasureStep.of(declared.sql(ERASE_OTHER), ERASED_AT_ONCE).covering(name + declared.other.name + "_id"));
    }

    @Override
    public List<String> expiry() {
        String kept = declared.keptWhile == null ? "" : " AND NOT " + declared.keptWhile;
        return List.of(ReplicaExpiry.deleteEnded(declared.table, "NOT " + declared.active + kept));
    }

    private record Profile<E>(String name, Function<? super E, UUID> id, Function<? super E, Long> incarnation) {}

    /** The declaration of a table. */
    public static final class Builder<E extends Event> {

        @IncompleteSql
        private static final String NO_COUNTERS = "SELECT count(*) FROM changes";

        private final String table;
        private Profile<E> one;
        private Profile<E> other;
        private String active;
        private Predicate<? super E> isActive;
        private String time;
        private Function<? super E, OffsetDateTime> timeOf;
        private String onChange = "";
        private String onEnd = "";

        @IncompleteSql
        private String counting = NO_COUNTERS;

        private String keptWhile;

        private Builder(String table) {
            this.table = table;
        }

        /** The profile that acts, such as {@code follower}. */
        public Builder<E> one(String name, Function<? super E, UUID> id, Function<? super E, Long> incarnation) {
            one = new Profile<>(name, id, incarnation);
            return this;
        }

        /** The profile that is acted on, such as {@code following}. */
        public Builder<E> other(String name, Function<? super E, UUID> id, Function<? super E, Long> incarnation) {
            other = new Profile<>(name, id, incarnation);
            return this;
        }

        /** The column that says whether the relation holds, and the events after which it does. */
        public Builder<E> active(String column, Predicate<? super E> events) {
            active = column;
            isActive = events;
            return this;
        }

        /** A column with a time that each event states. */
        public Builder<E> time(String column, Function<? super E, OffsetDateTime> value) {
            time = column;
            timeOf = value;
            return this;
        }

        /** SQL assignments to columns of the service's own when a newer event changes a row {@code existing} to {@code EXCLUDED}. */
        public Builder<E> onChange(String assignments) {
            onChange = ", " + assignments;
            return this;
        }

        /** SQL assignments to columns of the service's own when an event of an ended incarnation ends a row {@code existing}. */
        public Builder<E> onEnd(String assignments) {
            onEnd = ", " + assignments;
            return this;
        }

        /** Hook for counters: the statement that reads {@code changes (other, by)}, in which a profile may occur several times. */
        public Builder<E> counting(String statement) {
            counting = statement;
            return this;
        }

        /** The SQL condition of ended rows that do not expire. */
        public Builder<E> keptWhile(String condition) {
            keptWhile = condition;
            return this;
        }

        /** The declared table. */
        public PairTable<E> build() {
            return new PairTable<>(this);
        }

        private String sql(String template) {
            return template.replace(":table", table)
                    .replace(":one_", one.name + "_")
                    .replace(":other_", other.name + "_")
                    .replace(":active", active)
                    .replace(":stated_parameter", time == null ? "" : ", $7::timestamptz[]")
                    .replace(":stated_change", time == null ? "" : ", " + time + " = EXCLUDED." + time)
                    .replace(":stated", time == null ? "" : ", " + time)
                    .replace(":on_change", onChange)
                    .replace(":on_end", onEnd)
                    .replace(":counting", counting);
        }
    }
}
