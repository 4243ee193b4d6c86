package io.tradosphere.streaming.recording;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.streaming.agora.CloudRecording;
import io.tradosphere.streaming.agora.CloudRecording.Recording;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Starts and stops recordings, for the streams' creators. A start claims the stream, calls Agora outside any transaction, and
 * stores what Agora answered. A stop is only noted; {@link RecordingJob} carries it out.
 */
@ApplicationScoped
class Recordings {

    private static final Logger LOG = Logger.getLogger(Recordings.class);

    /** The policy of the table lets nobody change a stream but its creator, while it is live. */
    private static final String CLAIM = """
            UPDATE streams SET recording_status = 'starting' WHERE id = $1 AND (
              recording_status IS NULL OR recording_status = 'stopped'
              OR recording_status = 'starting' AND recording_changed_at < now() - INTERVAL '90 seconds')
            RETURNING agora_channel_id, recording_changed_at
            """;

    private static final String FIND =
            "SELECT creator_id = $2 AS own, status = 'live' AS live, recording_status FROM streams WHERE id = $1";

    /** The recording of a stream that has ended meanwhile is stopped at once. */
    private static final String STORE = """
            UPDATE streams SET recording_status = 'recording', agora_resource_id = $3, agora_recording_id = $4
            WHERE id = $1 AND recording_status = 'starting' AND recording_changed_at = $2
            RETURNING recording_changed_at
            """;

    private static final String RELEASE = """
            UPDATE streams SET recording_status = 'stopped'
            WHERE id = $1 AND recording_status = 'starting' AND recording_changed_at = $2
            """;

    private static final String STOP =
            "UPDATE streams SET recording_status = 'stopping' WHERE id = $1 AND recording_status = 'recording'";

    private final SliceDatabase slice;
    private final CloudRecording agora;

    private record Claim(UUID stream, String channel, OffsetDateTime at) {}

    Recordings(SliceDatabase slice, CloudRecording agora) {
        this.slice = slice;
        this.agora = agora;
    }

    /**
     * Starts the recording of a live stream of the caller's.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code stream-ended} (409), {@code already-recording}
     *     (409), {@code agora-refused} (409), {@code agora-away} (503)
     */
    Uni<Answer> start(Caller caller, UUID stream) {
        return claim(caller, stream)
                .chain(claim -> agora.start(claim.channel())
                        .onFailure()
                        .call(failure -> release(claim))
                        .chain(recording -> store(claim, recording)));
    }

    /**
     * Stops the recording of a stream of the caller's. A stream that is not recorded stays as it is.
     *
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code conflict} (409) while it is being started
     */
    Uni<Void> stop(Caller caller, UUID stream) {
        return slice.write(
                caller,
                tx -> tx.execute(STOP, stream)
                        .chain(stopped -> stopped.rowCount() > 0
                                ? Uni.createFrom().voidItem()
                                : findOwn(tx, caller, stream)
                                        .invoke(Recordings::requireNothingToStop)
                                        .replaceWithVoid()));
    }

    private Uni<Claim> claim(Caller caller, UUID stream) {
        return slice.write(
                caller,
                tx -> tx.execute(CLAIM, stream)
                        .chain(claimed -> Rows.first(
                                        claimed,
                                        row -> Uni.createFrom()
                                                .item(new Claim(
                                                        stream,
                                                        row.getString("agora_channel_id"),
                                                        row.getOffsetDateTime("recording_changed_at"))))
                                .orElseGet(() -> findOwn(tx, caller, stream).map(own -> {
                                    throw refusal(own);
                                }))));
    }

    private static Uni<Row> findOwn(Tx tx, Caller caller, UUID stream) {
        return tx.execute(FIND, stream, caller.id()).map(found -> {
            Row row = Rows.first(found, first -> first)
                    .orElseThrow(() -> ProblemKind.NOT_FOUND.because("No stream has this id."));
            if (!row.getBoolean("own")) {
                throw ProblemKind.FORBIDDEN.because("Only the stream's creator may do this.");
            }
            return row;
        });
    }

    private Uni<Answer> store(Claim claim, Recording recording) {
        return slice.asWorker(STORE, claim.stream(), claim.at(), recording.resourceId(), recording.id())
                .chain(stored -> Rows.first(stored, row -> Rows.instant(row, "recording_changed_at"))
                        .map(at -> Uni.createFrom()
                                .item(new Answer(201, null, null, new RecordingView(recording.id(), at))))
                        .orElseGet(() -> abandon(claim, recording)));
    }

    /** The claim is no longer this request's: it took too long, or the stream was erased. */
    private Uni<Answer> abandon(Claim claim, Recording recording) {
        return agora.stop(claim.channel(), recording)
                .onItemOrFailure()
                .transformToUni((stopped, failure) -> Uni.createFrom()
                        .failure(ProblemKind.BUSY.because("The recording took too long to start; try again shortly.")));
    }

    /** A claim that cannot be released now ends by itself. */
    private Uni<Void> release(Claim claim) {
        return slice.asWorker(RELEASE, claim.stream(), claim.at())
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "The recording of stream %s can be started again in 90 seconds: %s",
                        claim.stream(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static void requireNothingToStop(Row stream) {
        if ("starting".equals(stream.getString("recording_status")) && stream.getBoolean("live")) {
            throw ProblemKind.CONFLICT.because("The recording is just being started; try again shortly.");
        }
    }

    private static Problem refusal(Row stream) {
        return stream.getBoolean("live")
                ? ProblemKind.ALREADY_RECORDING.because(
                        "Stop the recording first, with DELETE /v1/streams/{id}/recording, and wait for its end.")
                : ProblemKind.STREAM_ENDED.because("There is nothing to record any more.");
    }
}
