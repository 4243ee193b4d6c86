package io.tradosphere.billing.sync;

import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.StripeRefused;
import io.tradosphere.billing.sync.StripeMirror.Page;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFailure;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares rows that follow Stripe's objects. An object is fetched, and then applied by its own handler in a transaction that
 * is rolled back. What that would change has drifted. So no second mapping can disagree with the first.
 */
@ApplicationScoped
public class ObjectMirrors {

    private static final String FETCHES = "SELECT requested, fetched FROM stripe_objects WHERE id = $1";
    /** As for a fetch that is applied: the object first, then what follows it. A parked one waits for an operator. */
    private static final String LOCK = """
            SELECT requested, fetched, requested > fetched AND parked_at IS NULL AS is_pending
            FROM stripe_objects WHERE id = $1 FOR UPDATE
            """;

    private static final String PENDING = """
            SELECT count(*) FROM stripe_objects WHERE id = ANY ($1::text[]) AND requested > fetched AND parked_at IS NULL
            """;

    private final SliceDatabase slice;
    private final StripeObjects objects;
    private final EventList events;
    private final SyncJob sync;

    /**
     * The statements of rows that each follow an object.
     *
     * @param next returns the column {@code id}: Stripe's ids of the next rows, in their order, after the id {@code $1}
     * @param state returns the column {@code state}: the compared columns of the row with Stripe's id {@code $1}, as JSON text
     */
    public record MirroredRows(String next, String state) {}

    /** How often a fetch was requested, and the last request that is answered. */
    private record Fetches(long requested, long fetched) {

        private static final Fetches NONE = new Fetches(0, 0);
    }

    /** Carries the comparison out of a transaction, which it rolls back. */
    private static final class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Comparison comparison;

        RolledBack(Comparison comparison) {
            super(null, null, false, false);
            this.comparison = comparison;
        }
    }

    ObjectMirrors(SliceDatabase slice, StripeObjects objects, EventList events, SyncJob sync) {
        this.slice = slice;
        this.objects = objects;
        this.events = events;
        this.sync = sync;
    }

    /** Rows that each follow an object, which a handler fetches and applies. */
    public <T> StripeMirror of(MirroredRows rows, StripeObjectHandler<T> handler) {
        return new Mirror<>(rows, handler, after -> Uni.createFrom().item(new Page(List.of(), null)));
    }

    /**
     * Like {@link #of(MirroredRows, StripeObjectHandler)}, and finds objects without a row.
     *
     * @param listed a page of Stripe's list, after the object of this id
     * @param unknown returns the column {@code id}: those of the ids {@code $1} (text[]) that no row follows
     */
    public <T> StripeMirror of(
            MirroredRows rows, StripeObjectHandler<T> handler, Function<String, Uni<Page>> listed, String unknown) {
        return new Mirror<>(
                rows,
                handler,
                after -> listed.apply(after)
                        .chain(page -> slice.asWorker(
                                        unknown, (Object) page.ids().toArray(String[]::new))
                                .map(found -> new Page(ids(found), page.last()))));
    }

    private final class Mirror<T> implements StripeMirror {

        private final MirroredRows rows;
        private final StripeObjectHandler<T> handler;
        private final Function<String, Uni<Page>> unknown;

        Mirror(MirroredRows rows, StripeObjectHandler<T> handler, Function<String, Uni<Page>> unknown) {
            this.rows = rows;
            this.handler = handler;
            this.unknown = unknown;
        }

        @Override
        public Uni<List<String>> next(String after) {
            return slice.asWorker(rows.next(), after).map(ObjectMirrors::ids);
        }

        @Override
        public Uni<Page> unknown(String after) {
            return unknown.apply(after);
        }

        @Override
        public Uni<Void> settle(List<String> ids, Runnable onProgress) {
            return ObjectMirrors.this.settle(ids, onProgress);
        }

        @Override
        public Uni<Comparison> compare(String id) {
            return ObjectMirrors.this.compare(rows, handler, id);
        }

        @Override
        public Uni<Void> repair(String id) {
            return objects.refresh(handler.objectType(), id).replaceWithVoid();
        }
    }

    /** Reads Stripe's list of events, and waits until the fetches of these objects are applied. */
    private Uni<Void> settle(List<String> ids, Runnable onProgress) {
        return events.readNew(onProgress)
                .invoke(sync::wake)
                .chain(() -> StripeMirror.awaitNone(
                        () -> slice.asWorker(PENDING, (Object) ids.toArray(String[]::new)),
                        "Objects of Stripe are not fetched"));
    }

    private <T> Uni<Comparison> compare(MirroredRows rows, StripeObjectHandler<T> handler, String id) {
        return slice.asWorker(FETCHES, id)
                .map(ObjectMirrors::fetches)
                .chain(before -> fetch(handler, id)
                        .chain(fetched -> slice.<Comparison>asWorker(tx -> compare(
                                                tx, rows, handler, id, before, fetched)
                                        .chain(compared -> Uni.createFrom().failure(new RolledBack(compared))))
                                .onFailure(RolledBack.class)
                                .recoverWithItem(rolledBack -> ((RolledBack) rolledBack).comparison)
                                .onFailure(ObjectMirrors::isRefusal)
                                .recoverWithItem(refused -> Comparison.refused(id, FailureReason.of(refused)))));
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof CannotApply || SqlFailure.of(failure) == SqlFailure.REFUSED;
    }

    private static <T> Uni<Optional<T>> fetch(StripeObjectHandler<T> handler, String id) {
        return handler.fetch(id)
                .map(Optional::of)
                .onFailure(failure -> failure instanceof StripeRefused refused && refused.isMissing())
                .recoverWithItem(Optional.empty());
    }

    private static <T> Uni<Comparison> compare(
            Tx tx, MirroredRows rows, StripeObjectHandler<T> handler, String id, Fetches before, Optional<T> fetched) {
        return tx.execute(LOCK, id).chain(locked -> {
            boolean isPending =
                    Rows.first(locked, row -> row.getBoolean("is_pending")).orElse(false);
            // Something newer than what was fetched is applied, or is about to be.
            return isPending || !fetches(locked).equals(before)
                    ? Uni.createFrom().item(Comparison.unsettled(id))
                    : state(tx, rows, id)
                            .chain(actual -> fetched.map(
                                            object -> handler.apply(tx, object).chain(() -> state(tx, rows, id)))
                                    .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                                    .map(expected -> Comparison.of(id, actual, expected)));
        });
    }

    private static Fetches fetches(RowSet<Row> rows) {
        return Rows.first(rows, row -> new Fetches(row.getLong("requested"), row.getLong("fetched")))
                .orElse(Fetches.NONE);
    }

    private static List<String> ids(RowSet<Row> rows) {
        return Rows.list(rows, row -> row.getString("id"));
    }

    private static Uni<Optional<String>> state(Tx tx, MirroredRows rows, String id) {
        return tx.execute(rows.state(), id).map(found -> Rows.first(found, row -> row.getString("state")));
    }
}
