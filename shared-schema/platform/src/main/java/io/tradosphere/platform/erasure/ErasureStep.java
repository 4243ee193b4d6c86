package io.tradosphere.platform.erasure;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import java.util.Set;
import java.util.UUID;

/**
 * An erasure step: one kind of a person's data in the slice. {@link PersonalRows} makes the steps of the usual form.
 *
 * @param columns the columns that name the person until the step has ended, as {@code table.column}
 * @param batch erases one batch
 */
public record ErasureStep(Set<String> columns, Batch batch) {

    /**
     * SQL expression for the end of an incarnation: the start of the next one, or {@code infinity} without one. Rows without an
     * incarnation column belong to the ended incarnation until then. {@code $1} is the profile's id, {@code $2} the incarnation. An
     * incarnation is its start in microseconds since the epoch.
     */
    public static final String END_OF_LIFE = """
            coalesce((SELECT to_timestamp(incarnation / 1e6) FROM profiles WHERE id = $1 AND incarnation > $2), 'infinity')
            """;

    /** Erases one batch of a step in the given transaction. */
    @FunctionalInterface
    public interface Batch {

        /**
         * Erases one batch.
         *
         * @param incarnation the last incarnation to erase
         * @return whether there may be more rows of this step
         */
        Uni<Boolean> erase(Tx tx, UUID person, long incarnation);
    }

    /** Maps an erased row to the event to publish. */
    @FunctionalInterface
    public interface EventMapper {

        /** The event for this row of the person's incarnation. */
        Event event(Row row, UUID person, long incarnation);
    }

    /** A step that is done in its own way. */
    public static ErasureStep by(Batch batch) {
        return new ErasureStep(Set.of(), batch);
    }

    /**
     * A step that one statement does in batches, until it returns no row. Its arguments are the profile's id, the incarnation and the
     * maximum number of rows.
     */
    public static ErasureStep of(String sql, int maxRows) {
        return by((tx, person, incarnation) ->
                tx.execute(sql, person, incarnation, maxRows).map(rows -> rows.rowCount() > 0));
    }

    /**
     * A step like {@link #of} to which others may add rows meanwhile. It ends with the first batch that is not full, so new rows
     * cannot hold up the next step.
     */
    public static ErasureStep ofWhatMayGrow(String sql, int maxRows) {
        return by((tx, person, incarnation) ->
                tx.execute(sql, person, incarnation, maxRows).map(rows -> rows.rowCount() >= maxRows));
    }

    /** A step that one statement does at once. Its arguments are the profile's id and the incarnation. */
    public static ErasureStep atOnce(String sql) {
        return by((tx, person, incarnation) ->
                tx.execute(sql, person, incarnation).replaceWith(false));
    }

    /** A step like {@link #of} that publishes an event for every row. */
    public static ErasureStep told(String sql, int maxRows, EventMapper mapper) {
        return by((tx, person, incarnation) -> tx.execute(sql, person, incarnation, maxRows)
                .chain(rows -> tx.publish(Rows.list(rows, row -> mapper.event(row, person, incarnation)))
                        .replaceWith(rows.rowCount() > 0)));
    }

    /** The same step, which makes these columns name the person no more, as {@code table.column}. */
    public ErasureStep covering(String... named) {
        return new ErasureStep(Set.of(named), batch);
    }
}
