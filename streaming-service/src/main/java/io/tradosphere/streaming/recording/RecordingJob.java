package io.tradosphere.streaming.recording;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import io.tradosphere.streaming.agora.CloudRecording;
import io.tradosphere.streaming.agora.CloudRecording.Recording;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * A scheduled job that stops recordings at Agora: those whose creator wants it, and those whose stream has ended. Once a minute
 * it asks whether the others still run. Each is claimed before the call, so two instances do not ask twice; a call that fails
 * is repeated after 30 seconds.
 */
@ApplicationScoped
class RecordingJob implements ScheduledJob {

    private static final Logger LOG = Logger.getLogger(RecordingJob.class);

    private static final String CLAIM = """
            UPDATE streams SET recording_due_at = now() + INTERVAL '30 seconds' WHERE id = (
              SELECT id FROM streams WHERE recording_status IN ('recording', 'stopping') AND recording_due_at <= now()
              ORDER BY recording_due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
            RETURNING id, agora_channel_id, agora_resource_id, agora_recording_id, recording_status = 'stopping' AS stopping
            """;

    private static final String STOPPED = """
            UPDATE streams SET recording_status = 'stopped'
            WHERE id = $1 AND agora_recording_id = $2 AND recording_status IN ('recording', 'stopping')
            """;

    private static final String RUNS = """
            UPDATE streams SET recording_due_at = now() + INTERVAL '1 minute'
            WHERE id = $1 AND agora_recording_id = $2 AND recording_status = 'recording'
            """;

    private final SliceDatabase slice;
    private final CloudRecording agora;

    private record Due(UUID stream, String channel, Recording recording, boolean isStopping) {

        static Due of(Row row) {
            return new Due(
                    row.getUUID("id"),
                    row.getString("agora_channel_id"),
                    new Recording(row.getString("agora_resource_id"), row.getString("agora_recording_id")),
                    row.getBoolean("stopping"));
        }
    }

    RecordingJob(SliceDatabase slice, CloudRecording agora) {
        this.slice = slice;
        this.agora = agora;
    }

    @Override
    public String name() {
        return "recordings";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(CLAIM)
                .map(claimed -> Rows.first(claimed, Due::of))
                .call(claimed -> claimed.map(this::settle)
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .repeat()
                .whilst(Optional::isPresent)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> settle(Due due) {
        Uni<String> outcome = due.isStopping()
                ? agora.stop(due.channel(), due.recording()).replaceWith(STOPPED)
                : agora.isRunning(due.recording()).map(runs -> runs ? RUNS : STOPPED);
        return outcome.chain(statement ->
                        slice.asWorker(statement, due.stream(), due.recording().id()))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "The recording of stream %s is settled later: %s", due.stream(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
