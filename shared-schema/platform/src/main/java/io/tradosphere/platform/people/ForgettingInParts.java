package io.tradosphere.platform.people;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/**
 * Forgets a person kind by kind: a transaction takes a bounded part of the first kind that has something left. Once nothing is
 * left the copy's row goes in the same transaction that has made sure of it, so nothing new can come in between that refers to it.
 */
public final class ForgettingInParts {

    /**
     * SQL: until when a row without an incarnation of its own belongs to the life that has ended: to the beginning of the next
     * one if the person has come back, else for ever. {@code $1} is the person, {@code $2} the incarnation. An incarnation is
     * the instant at which it began, in microseconds.
     */
    public static final String END_OF_LIFE = """
            coalesce((SELECT to_timestamp(incarnation / 1e6) FROM profiles WHERE id = $1 AND incarnation > $2), 'infinity')
            """;

    private static final String LOCK = "SELECT FROM profiles WHERE id = $1 AND incarnation <= $2 FOR UPDATE";
    private static final String DROP = "DELETE FROM profiles WHERE id = $1 AND incarnation <= $2";

    private final List<Part> kinds;

    /** Forgets these kinds in this order. */
    public ForgettingInParts(List<Part> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** One kind of what a slice holds of a person. */
    @FunctionalInterface
    public interface Part {

        /**
         * Forgets some of it.
         *
         * @return whether there may be more, so that this kind's turn is not over
         */
        Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation);

        /**
         * A statement that is told person, incarnation and how many rows at most, and whose rows are counted; its turn is over
         * when it finds none.
         */
        static Part of(String sql, int atMost) {
            return (tx, person, incarnation) ->
                    tx.execute(sql, person, incarnation, atMost).map(rows -> rows.rowCount() > 0);
        }

        /**
         * The same for what others may add to all the while: a rest that is smaller than a full part does not hold up the next
         * kind, in whose transaction it goes.
         */
        static Part ofWhatMayGrow(String sql, int atMost) {
            return (tx, person, incarnation) ->
                    tx.execute(sql, person, incarnation, atMost).map(rows -> rows.rowCount() >= atMost);
        }

        /** A statement that is told person and incarnation and does all there is to do at once. */
        static Part atOnce(String sql) {
            return (tx, person, incarnation) ->
                    tx.execute(sql, person, incarnation).replaceWith(false);
        }

        /** A statement as in {@link #of} each of whose rows is an event to publish. */
        static Part told(String sql, int atMost, Telling telling) {
            return (tx, person, incarnation) -> tx.execute(sql, person, incarnation, atMost)
                    .chain(rows -> tx.publish(Rows.list(rows, row -> telling.event(row, person, incarnation)))
                            .replaceWith(rows.rowCount() > 0));
        }
    }

    /** What others are told of a row that goes. */
    @FunctionalInterface
    public interface Telling {

        /** The event of this row, which the person had in that life. */
        Event event(Row row, UUID person, long incarnation);
    }

    /** As {@link Forgetting#forgetSome} asks. */
    public Uni<Boolean> forgetSome(Tx tx, UUID person, long incarnation) {
        return someFrom(0, tx, person, incarnation)
                .chain(more -> more ? Uni.createFrom().item(true) : finish(tx, person, incarnation));
    }

    /** The lock comes last: taken first, it would deadlock with whoever writes to the person and holds another row already. */
    private Uni<Boolean> finish(Tx tx, UUID person, long incarnation) {
        return tx.execute(LOCK, person, incarnation)
                .chain(() -> someFrom(0, tx, person, incarnation))
                .chain(more -> more
                        ? Uni.createFrom().item(true)
                        : tx.execute(DROP, person, incarnation).replaceWith(false));
    }

    private Uni<Boolean> someFrom(int kind, Tx tx, UUID person, long incarnation) {
        if (kind == kinds.size()) {
            return Uni.createFrom().item(false);
        }
        return kinds.get(kind)
                .forgetSome(tx, person, incarnation)
                .chain(more -> more ? Uni.createFrom().item(true) : someFrom(kind + 1, tx, person, incarnation));
    }
}
