package io.tradosphere.platform.replica;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.jobs.ScheduledJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** A scheduled job that deletes the expired rows of every replica of the service. */
@ApplicationScoped
public class ReplicaExpiry implements ScheduledJob {

    private final SliceDatabase slice;
    private final List<Replica<?>> replicas;

    ReplicaExpiry(SliceDatabase slice, @All List<Replica<?>> replicas) {
        this.slice = slice;
        this.replicas = replicas;
    }

    /** The statement that deletes rows which ended so long ago that no relay can still publish an earlier event of their key. */
    static String deleteEnded(String table, String ended) {
        return "DELETE FROM " + table + " WHERE " + ended + " AND updated_at < now() - INTERVAL '8 days'";
    }

    @Override
    public String name() {
        return "replica expiry";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Void> run() {
        return Multi.createFrom()
                .iterable(replicas)
                .onItem()
                .transformToIterable(replica -> replica.table().expiry())
                .onItem()
                .transformToUniAndConcatenate(slice::asWorker)
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
