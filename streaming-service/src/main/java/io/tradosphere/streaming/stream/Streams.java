package io.tradosphere.streaming.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.http.ConstraintProblems;
import io.tradosphere.platform.http.Etags;
import io.tradosphere.platform.http.MergePatch;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.profiles.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts, edits and ends streams, for their creators. */
@ApplicationScoped
class Streams {

    /** What a violated constraint means to the caller. */
    static final ConstraintProblems CONSTRAINTS = ConstraintProblems.of(Map.of(
            "uq_streams_one_live",
            ProblemKind.ALREADY_LIVE.because("End your live stream first, with POST /v1/streams/{id}/end.")));

    private static final String PATH = "/v1/streams/";

    private static final String START =
            """
            WITH started AS (
              INSERT INTO streams (creator_id, title, description, category, current_symbol)
              SELECT id, $2, $3, $4, $5 FROM profiles WHERE id = $1 AND auth.tier_is_at_least(tier, 'elite')
              RETURNING *
            )
            SELECT
            """ + StreamState.COLUMNS + " FROM started s JOIN profiles p ON p.id = s.creator_id";

    /** Whoever starts two at once is stopped by the index of live streams. */
    private static final String COUNT_RECENT = """
            SELECT count(*) AS recent FROM (
              SELECT FROM streams WHERE creator_id = $1 AND started_at > now() - INTERVAL '1 day' LIMIT $2) AS counted
            """;

    private static final String PROFILE_EXISTS = "SELECT FROM profiles WHERE id = $1";

    /** The policy of the table locks only the caller's own live stream. */
    private static final String LOCK_OWN = "SELECT " + StreamState.COLUMNS + """
             FROM streams s JOIN profiles p ON p.id = s.creator_id WHERE s.id = $1 FOR NO KEY UPDATE OF s
            """;

    private static final String FIND = "SELECT creator_id = $2 AS own FROM streams WHERE id = $1";

    private static final String EDIT =
            """
            WITH edited AS (UPDATE streams SET title = $2, current_symbol = $3 WHERE id = $1 RETURNING *)
            SELECT
            """ + StreamState.COLUMNS + " FROM edited s JOIN profiles p ON p.id = s.creator_id";

    private static final String END =
            """
            WITH ended AS (UPDATE streams SET status = 'ended' WHERE id = $1 RETURNING *)
            SELECT
            """ + StreamState.COLUMNS + " FROM ended s JOIN profiles p ON p.id = s.creator_id";

    private final SliceDatabase slice;
    private final MergePatch patches;
    private final int streamsPerDay;

    /** @param streamsPerDay how many streams a creator may start in 24 hours */
    Streams(
            SliceDatabase slice,
            MergePatch patches,
            @ConfigProperty(name = "tradosphere.streaming.streams-per-day") int streamsPerDay) {
        this.slice = slice;
        this.patches = patches;
        this.streamsPerDay = streamsPerDay;
    }

    /**
     * Starts a stream of the caller's, within the given transaction. Explain its failures with {@link #CONSTRAINTS}.
     *
     * @throws Problem {@code profile-required} (403), {@code tier-too-low} (403), {@code limit-reached} (409)
     */
    Uni<Answer> start(Tx tx, Caller caller, NewStream stream) {
        return requireRoom(tx, caller)
                .chain(() -> tx.execute(
                        START, caller.id(), stream.title(), stream.description(), stream.category(), stream.symbol()))
                .chain(started -> Rows.first(started, StreamState::of)
                        .map(state -> tx.publishVersion(state.version(), state.started())
                                .replaceWith(() ->
                                        Answer.created(PATH + state.stream().id(), state.etag(), state.stream())))
                        .orElseGet(() -> refuseStart(tx, caller)));
    }

    private Uni<Void> requireRoom(Tx tx, Caller caller) {
        return tx.execute(COUNT_RECENT, caller.id(), streamsPerDay)
                .invoke(rows -> {
                    if (rows.iterator().next().getLong("recent") >= streamsPerDay) {
                        throw ProblemKind.LIMIT_REACHED.because(
                                "A creator starts at most " + streamsPerDay + " streams in 24 hours.");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * Applies a merge patch to a live stream of the caller's.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code stream-ended} (409), {@code stale} (412),
     *     {@code invalid-request} (400)
     */
    Uni<StreamState> edit(Caller caller, UUID stream, String ifMatch, JsonNode patch) {
        return slice.write(
                caller,
                tx -> lockOwn(tx, caller, stream).chain(state -> {
                    Etags.require(ifMatch, state.version());
                    EditableStream before = EditableStream.of(state.stream());
                    EditableStream after =
                            patches.apply(patch, before, EditableStream.class).canonical();
                    return after.equals(before) ? Uni.createFrom().item(state) : edit(tx, stream, before, after);
                }));
    }

    private static Uni<StreamState> edit(Tx tx, UUID stream, EditableStream before, EditableStream after) {
        boolean titleChanged = !after.title().equals(before.title());
        return tx.execute(EDIT, stream, after.title(), after.currentSymbol())
                .map(rows -> StreamState.of(rows.iterator().next()))
                .call(state -> tx.publishVersion(state.version(), state.changed(titleChanged)));
    }

    /**
     * Ends a live stream of the caller's, within the given transaction. An end is final.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code stream-ended} (409)
     */
    Uni<Answer> end(Tx tx, Caller caller, UUID stream) {
        return lockOwn(tx, caller, stream)
                .chain(() -> tx.execute(END, stream))
                .map(rows -> StreamState.of(rows.iterator().next()))
                .call(state -> tx.publishVersion(state.version(), state.ended()))
                .map(state -> new Answer(200, null, state.etag(), state.stream()));
    }

    private static Uni<StreamState> lockOwn(Tx tx, Caller caller, UUID stream) {
        return tx.execute(LOCK_OWN, stream)
                .chain(rows -> Rows.first(rows, StreamState::of)
                        .map(state -> Uni.createFrom().item(state))
                        .orElseGet(() -> refuseChange(tx, caller, stream)));
    }

    private static Uni<StreamState> refuseChange(Tx tx, Caller caller, UUID stream) {
        return tx.execute(FIND, stream, caller.id()).map(found -> {
            throw Rows.first(found, row -> row.getBoolean("own"))
                    .map(own -> own
                            ? ProblemKind.STREAM_ENDED.because("Start another one, with POST /v1/streams.")
                            : ProblemKind.FORBIDDEN.because("Only the stream's creator may do this."))
                    .orElseGet(StreamState::notFound);
        });
    }

    private static Uni<Answer> refuseStart(Tx tx, Caller caller) {
        return tx.execute(PROFILE_EXISTS, caller.id()).map(known -> {
            throw known.size() == 0
                    ? Refusals.noProfile()
                    : ProblemKind.TIER_TOO_LOW.because("Only elite and the tiers above it can stream.");
        });
    }
}
