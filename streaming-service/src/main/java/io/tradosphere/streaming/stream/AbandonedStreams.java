package io.tradosphere.streaming.stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A scheduled job that ends live streams, as {@code error}, whose broadcaster has given no sign for two minutes. After a time
 * in which the database could not be reached it waits for a while: nobody could give a sign then.
 */
@ApplicationScoped
class AbandonedStreams implements ScheduledJob {

    private static final int BATCH_SIZE = 100;
    private static final String ABANDONED = "status = 'live' AND fed_at < now() - INTERVAL '2 minutes'";

    private static final String FIND = "SELECT id FROM streams WHERE " + ABANDONED + " ORDER BY fed_at LIMIT $1";

    /** The update waits for a concurrent heartbeat, and then checks its conditions again. */
    private static final String END =
            """
            WITH ended AS (UPDATE streams SET status = 'error' WHERE id = $1 AND %s RETURNING *)
            SELECT
            """.formatted(ABANDONED) + StreamState.COLUMNS + " FROM ended s JOIN profiles p ON p.id = s.creator_id";

    private final SliceDatabase slice;
    private final Attention attention;

    /** @param patience how long the job must have run without a gap before it ends a stream */
    AbandonedStreams(
            SliceDatabase slice, @ConfigProperty(name = "tradosphere.streaming.feed-patience") Duration patience) {
        this.slice = slice;
        this.attention = new Attention(patience);
    }

    @Override
    public String name() {
        return "abandoned streams";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Uni<Void> run() {
        return slice.asWorker(FIND, BATCH_SIZE)
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .chain(found -> attention.isUnbroken(System.nanoTime())
                        ? endAll(found)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> endAll(List<UUID> streams) {
        return Multi.createFrom()
                .iterable(streams)
                .onItem()
                .transformToUniAndConcatenate(this::end)
                .collect()
                .last();
    }

    private Uni<Void> end(UUID stream) {
        return slice.asWorker(tx -> tx.execute(END, stream)
                .chain(rows -> Rows.first(rows, StreamState::of)
                        .map(state -> tx.publishVersion(state.version(), state.ended()))
                        .orElseGet(() -> Uni.createFrom().voidItem())));
    }
}
