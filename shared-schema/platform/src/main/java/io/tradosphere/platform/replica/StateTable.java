package io.tradosphere.platform.replica;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.IncompleteSql;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.PersonalRows;
import io.tradosphere.platform.inbox.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table with the latest state of each key, in which one column of the key names a person. Its columns {@code incarnation},
 * {@code sequence} and {@code updated_at} have these names. An event of an erased incarnation inserts nothing, however late it
 * arrives.
 *
 * @param <E> the events of the topic
 */
public final class StateTable<E extends Event> implements ReplicaTable<E> {

    @IncompleteSql
    private static final String UPSERT = """
            INSERT INTO %1$s AS stored (%2$s, sequence)
            SELECT %2$s, sequence FROM unnest(%3$s, $%4$d::bigint[]) AS received(%2$s, sequence)
            WHERE NOT EXISTS (
              SELECT FROM erased_profiles e
              WHERE e.pseudonym = auth.pseudonym(received.%5$s) AND e.incarnation >= received.incarnation)
            ORDER BY %6$s
            ON CONFLICT (%6$s) DO UPDATE SET %7$s, sequence = EXCLUDED.sequence
            WHERE stored.sequence < EXCLUDED.sequence AND stored.incarnation <= EXCLUDED.incarnation
            """;

    private static final int ERASED_AT_ONCE = 1_000;

    private final String table;
    private final String person;
    private final List<String> key;
    private final List<Column<E, ?>> columns;
    private final String ended;
    private final String upsert;

    private StateTable(Builder<E> declared) {
        this.table = declared.table;
        this.person = declared.person;
        this.key = List.copyOf(declared.key);
        this.columns = List.copyOf(declared.columns);
        this.ended = declared.ended;
        this.upsert = upsertStatement();
    }

    /** Begins the declaration of a table. */
    public static <E extends Event> Builder<E> of(String table) {
        return new Builder<>(table);
    }

    @Override
    public Uni<Void> apply(Tx tx, List<Delivery<E>> latest) {
        Object[] arguments = Stream.concat(columns.stream().map(column -> column.values(latest)), Stream.of((Object)
                        Delivery.sequences(latest)))
                .toArray();
        return tx.execute(upsert, arguments).replaceWithVoid();
    }

    @Override
    public List<ErasureStep> erasure() {
        return List.of(PersonalRows.byIncarnation(table, String.join(", ", key), person, "incarnation")
                .delete(ERASED_AT_ONCE));
    }

    /** Rows of an erased incarnation may have been inserted at the moment of the erasure. */
    @Override
    public List<String> expiry() {
        List<String> statements = new ArrayList<>();
        if (ended != null) {
            statements.add(ReplicaExpiry.deleteEnded(table, ended));
        }
        statements.add("DELETE FROM " + table + " r USING erased_profiles e WHERE e.pseudonym = auth.pseudonym(r."
                + person + ") AND r.incarnation <= e.incarnation");
        return statements;
    }

    private String upsertStatement() {
        List<String> names = columns.stream().map(Column::name).toList();
        String all = String.join(", ", names);
        String parameters = IntStream.range(0, columns.size())
                .mapToObj(i -> "$" + (i + 1) + "::" + columns.get(i).type().sql + "[]")
                .collect(Collectors.joining(", "));
        String assignments = names.stream()
                .filter(name -> !key.contains(name))
                .map(name -> name + " = EXCLUDED." + name)
                .collect(Collectors.joining(", "));
        return UPSERT.formatted(
                table, all, parameters, columns.size() + 1, person, String.join(", ", key), assignments);
    }

    /** The type of a declared column. */
    private enum Type {
        UUID("uuid"),
        TEXT("text"),
        BOOLEAN("boolean"),
        BIGINT("bigint");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }
    }

    private record Column<E extends Event, T>(
            String name, Type type, Function<? super E, T> value, IntFunction<T[]> array) {

        Object values(List<Delivery<E>> deliveries) {
            return Delivery.column(deliveries, value, array);
        }
    }

    /** The declaration of a table. */
    public static final class Builder<E extends Event> {

        private final String table;
        private final List<String> key = new ArrayList<>();
        private final List<Column<E, ?>> columns = new ArrayList<>();
        private String person;
        private String ended;

        private Builder(String table) {
            this.table = table;
        }

        /** A column of the key that is no person. */
        public Builder<E> key(String name, Function<? super E, UUID> value) {
            key.add(name);
            columns.add(new Column<>(name, Type.UUID, value, UUID[]::new));
            return this;
        }

        /** The column of the key that names the person, and the person's incarnation. */
        public Builder<E> person(String name, Function<? super E, UUID> value, Function<? super E, Long> incarnation) {
            person = name;
            columns.add(new Column<>("incarnation", Type.BIGINT, incarnation, Long[]::new));
            return key(name, value);
        }

        /** A column of text. */
        public Builder<E> text(String name, Function<? super E, String> value) {
            columns.add(new Column<>(name, Type.TEXT, value, String[]::new));
            return this;
        }

        /** A column of truth values. */
        public Builder<E> flag(String name, Function<? super E, Boolean> value) {
            columns.add(new Column<>(name, Type.BOOLEAN, value, Boolean[]::new));
            return this;
        }

        /** The SQL condition of rows that are kept for their sequence alone. They expire. */
        public Builder<E> ended(String condition) {
            ended = condition;
            return this;
        }

        /** The declared table. */
        public StateTable<E> build() {
            return new StateTable<>(this);
        }
    }
}
