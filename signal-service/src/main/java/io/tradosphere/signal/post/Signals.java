package io.tradosphere.signal.post;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.SignalDeleted;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.signal.view.SignalEvents;
import io.tradosphere.signal.view.SignalState;
import io.tradosphere.signal.view.SignalView;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reading, editing and taking back one signal. */
@ApplicationScoped
class Signals {

    static final ProblemKind ALREADY_SEEN =
            new ProblemKind("already-seen", 409, "Somebody has seen or answered the signal");

    private static final String FIND = "SELECT " + SignalView.COLUMNS + """
            , (SELECT reaction_type FROM signal_engagement WHERE signal_id = s.id AND user_id = $2) AS my_reaction
             FROM
            """ + SignalView.TABLES + " WHERE s.id = $1";

    private static final String READ =
            "SELECT " + SignalView.COLUMNS + " FROM " + SignalView.TABLES + " WHERE s.id = $1";

    /** By the policies of the role only an active signal of the caller's can be locked. */
    private static final String LOCK_OWN_ACTIVE = READ + " FOR UPDATE OF s";

    private static final String EDIT = """
            WITH changed AS (
              UPDATE signals SET rationale = $2, timeframe = $3, chart_image_url = $4, position_size = $5 WHERE id = $1
              RETURNING *
            )
            SELECT %s FROM changed s %s
            """.formatted(SignalView.COLUMNS, SignalView.JOIN_CREATOR);
    /** Whether it may go is the policy's to say; whoever answers waits for the lock that is held by now. */
    private static final String DELETE =
            "DELETE FROM signals WHERE id = $1 RETURNING id, creator_id, incarnation, posted_at, now() AS deleted_at";

    private final Slice slice;
    private final MergePatch patches;

    Signals(Slice slice, MergePatch patches) {
        this.slice = slice;
        this.patches = patches;
    }

    /** A signal by itself, and its version. */
    record Found(long version, ShownSignal shown) {}

    /**
     * One signal.
     *
     * @param caller whose own reaction comes with it
     * @throws Problem {@code not-found} (404)
     */
    Uni<Found> find(UUID signal, Optional<Caller> caller) {
        return slice.publicRead(FIND, signal, caller.map(Caller::id).orElse(null))
                .map(rows -> Rows.first(
                                rows,
                                row -> new Found(
                                        row.getLong("version"),
                                        new ShownSignal(SignalView.of(row), row.getString("my_reaction"))))
                        .orElseThrow(SignalState::unknown));
    }

    /**
     * Applies a merge patch to what can be edited of the caller's own signal.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code already-resolved} (409), {@code stale} (412),
     *     {@code invalid-request} (400), also for what was called and never changes
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
                                            announceEdit(tx, rows.iterator().next(), changed));
                }));
    }

    /**
     * Takes the caller's own signal back: in its first 60 seconds, or while nobody has seen or answered it.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code already-resolved} (409), {@code already-seen} (409)
     */
    Uni<Void> delete(Caller caller, UUID signal) {
        return slice.write(
                caller,
                tx -> lockOwnActive(tx, caller, signal)
                        .chain(() -> tx.execute(DELETE, signal))
                        .map(rows -> Rows.first(rows, Signals::deleted)
                                .orElseThrow(() -> ALREADY_SEEN.because(
                                        "Cancel it instead, with POST /v1/signals/" + signal + "/resolve.")))
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

    private static Uni<SignalState> announceEdit(Tx tx, Row row, List<String> changed) {
        SignalState after = SignalState.of(row);
        return tx.publishVersion(after.version(), SignalEvents.edited(row, changed))
                .replaceWith(after);
    }

    private static SignalDeleted deleted(Row row) {
        return new SignalDeleted(
                row.getUUID("id"),
                row.getUUID("creator_id"),
                row.getLong("incarnation"),
                Rows.instant(row, "posted_at"),
                Rows.instant(row, "deleted_at"));
    }
}
