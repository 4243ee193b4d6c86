package io.tradosphere.competition.lifecycle;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.competition.CompetitionStarted;
import io.tradosphere.platform.chores.Chore;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Begins competitions when their time has come, each once, whoever else is at it. */
@ApplicationScoped
class StartChore implements Chore {

    private static final Logger LOG = Logger.getLogger(StartChore.class);
    private static final int AT_ONCE = 100;

    private static final String DUE = """
            SELECT id FROM competitions WHERE status = 'upcoming' AND starts_at <= clock_timestamp() ORDER BY starts_at LIMIT $1
            """;
    /** It waits for whoever joins or moves the start at this moment, and then looks again. */
    private static final String START = """
            UPDATE competitions c SET status = 'active'
            WHERE id = $1 AND status = 'upcoming' AND starts_at <= clock_timestamp()
            RETURNING id, name, creator_id, participant_count, ends_at, version, now() AS started_at,
              (SELECT p.incarnation FROM profiles p WHERE p.id = c.creator_id) AS creator_incarnation
            """;

    private final Slice slice;

    StartChore(Slice slice) {
        this.slice = slice;
    }

    @Override
    public String name() {
        return "beginning competitions";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Void> run() {
        return slice.workOnce(DUE, AT_ONCE)
                .map(rows -> Rows.list(rows, row -> row.getUUID("id")))
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(this::start)
                        .collect()
                        .last());
    }

    /** One that cannot begin keeps none of the others waiting. */
    private Uni<Void> start(UUID competition) {
        return slice.work(tx -> tx.execute(START, competition)
                        .chain(rows -> Rows.first(rows, row -> row)
                                .map(row -> announce(tx, row))
                                .orElseGet(() -> Uni.createFrom().voidItem())))
                .onFailure()
                .invoke(failure -> LOG.warnf("%s is begun again soon: %s", competition, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static Uni<Void> announce(Tx tx, Row row) {
        return tx.publishVersion(
                row.getLong("version"),
                new CompetitionStarted(
                        row.getUUID("id"),
                        row.getString("name"),
                        row.getUUID("creator_id"),
                        row.getLong("creator_incarnation"),
                        Math.toIntExact(row.getLong("participant_count")),
                        Rows.instant(row, "ends_at"),
                        Rows.instant(row, "started_at")));
    }
}
