package io.tradosphere.signal.post;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.view.Audiences;
import io.tradosphere.signal.view.SignalEvents;
import io.tradosphere.signal.view.SignalState;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads, edits and deletes single signals. */
@ApplicationScoped
class Signals {

    private static final String FIND = "SELECT " + SignalView.COLUMNS + """
            , (SELECT reaction_type FROM signal_engagement WHERE signal_id = s.id AND user_id = $2) AS my_reaction
             FROM
            """ + SignalView.TABLES + " WHERE s.id = $1";

    private static final String READ =
            "SELECT " + SignalView.COLUMNS + " FROM " + SignalView.TABLES + " WHERE s.id = $1";

    /** Row-level security lets only the caller's own active signal be locked. */
    private static final String LOCK_OWN_ACTIVE = READ + " FOR UPDATE OF s";

    private static final String EDIT = """
            WITH changed AS (
              UPDATE signals SET rationale = $2, timeframe = $3, chart_image_url = $4, position_size = $5 WHERE id = $1
              RETURNING *
            )
            SELECT %s FROM changed s %s
            """.formatted(SignalView.COLUMNS, SignalView.JOIN_CREATOR);
    /** A policy decides whether it may be deleted. */
    private static final String DELETE =
            "DELETE FROM signals WHERE id = $1 RETURNING id, creator_id, incarnation, is_public, posted_at, now() AS deleted_at";

    private final SliceDatabase slice;
    private final MergePatch patches;

    Signals(SliceDatabase slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /** A signal and its version. */
    record Found(long version, ShownSignal shown) {}

    /**
     * Finds a signal.
     *
     * @param caller whose own reaction comes with it
     * @throws Problem {@code not-found} (404)
     */
    Uni<Found> find(UUID signal, Optional<Caller> caller) {
        return Audiences.read(
                        slice, caller, FIND, signal, caller.map(Caller::id).orElse(null))
                .map(rows -> Rows.first(
                                rows,
                                row -> new Found(
                                        row.getLong("version"),
                                        new ShownSignal(SignalView.of(row), row.getString("my_reaction"))))
                        .orElseThrow(SignalState::unknown));
    }

    /**
     * Applies a merge patch to the editable fields of the caller's own signal.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code already-resolved} (409), {@code stale}
     *     (412), {@code invalid-request} (400), also for a field that never changes
     */
    Uni<SignalState> edit(Caller caller, UUID signal, String ifMatch, JsonNode patch) {
        return slice.write(
                caller,
                tx -> lockOwnActive(tx, caller, signal).chain(before -> {
                    Etags.require(ifMatch, before.version());
                    EditableSignal editable = EditableSignal.of(before.signal());
                    EditableSignal after = patches.apply(patch, editable, EditableSignal.class);
                    List<String> changed = after.changedSince(editable);
                    return changed.isEmpty()
                            ? Uni.createFrom().item(before)
                            : tx.execute(
                                            EDIT,
                                            signal,
                                            after.rationale(),
                                            after.timeframe(),
                                            after.chartImageUrl(),
                                            after.positionSize())
                                    .chain(rows ->
                                            publishEdit(tx, rows.iterator().next(), changed));
                }));
    }

    /**
     * Deletes the caller's own active signal in its first 60 seconds, by the database's clock.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code already-resolved} (409), {@code no-longer-deletable}
     *     (409)
     */
    Uni<Void> delete(Caller caller, UUID signal, String ifMatch) {
        return slice.write(
                caller,
                tx -> lockOwnActive(tx, caller, signal)
                        .invoke(before -> Etags.require(ifMatch, before.version()))
                        .chain(() -> tx.execute(DELETE, signal))
                        .map(rows -> Rows.first(rows, Signals::deleted)
                                .orElseThrow(() -> ProblemKind.NO_LONGER_DELETABLE.because(
                                        "Cancel it with POST /v1/signals/" + signal
                                                + "/resolve, where the market does not resolve it; it stays visible.")))
                        .chain(tx::publish));
    }

    private static Uni<SignalState> lockOwnActive(Tx tx, Caller caller, UUID signal) {
        return tx.execute(LOCK_OWN_ACTIVE, signal)
                .chain(locked -> Rows.first(locked, SignalState::of)
                        .map(state -> Uni.createFrom().item(state))
                        .orElseGet(() -> refuse(tx, caller, signal)));
    }

    private static Uni<SignalState> refuse(Tx tx, Caller caller, UUID signal) {
        return tx.execute(READ, signal)
                .map(rows -> Rows.first(rows, SignalState::of)
                        .orElseThrow(SignalState::unknown)
                        .requireActiveOf(caller));
    }

    private static Uni<SignalState> publishEdit(Tx tx, Row row, List<String> changed) {
        SignalState after = SignalState.of(row);
        return tx.publishVersion(after.version(), Audiences.announced(row, SignalEvents.edited(row, changed)))
                .replaceWith(after);
    }

    private static Event deleted(Row row) {
        return Audiences.announced(
                row,
                new SignalDeleted(
                        row.getUUID("id"),
                        row.getUUID("creator_id"),
                        row.getLong("incarnation"),
                        Rows.instant(row, "posted_at"),
                        Rows.instant(row, "deleted_at")));
    }
}
