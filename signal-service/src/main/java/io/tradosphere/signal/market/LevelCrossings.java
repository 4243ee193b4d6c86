package io.tradosphere.signal.market;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.SqlFile;
import io.tradosphere.signal.view.SignalEvents;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Resolves the signals whose target or stop was crossed by a tick. */
@ApplicationScoped
class LevelCrossings {

    private static final SqlFile SQL = SqlFile.of(LevelCrossings.class);

    /** How many signals, and so creators, one transaction locks at most. */
    private static final int AT_ONCE = 500;

    /** How many candidates one search returns; more only to complete the last creator's. */
    private static final int FOUND_AT_ONCE = 10_000;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /**
     * The candidates of the creators after {@code $4}, each with the first tick, not older than the signal, that crossed
     * its stop or else its target. A candidate that none has crossed has no outcome.
     *
     * <p>The highest and lowest price of a symbol bound the candidates, so that they are a range of an index. A search
     * continues after the last creator of the one before, and returns whole creators: their signals are resolved in the
     * order of the ticks. Ticks are compared only with the candidates of one search.
     */
    private static final String FIND = SQL.get("find");

    private static final String RESOLVE =
            "SELECT * FROM resolve_by_market($1::uuid[], $2::text[], $3::text[]::numeric[])";

    private final SliceDatabase slice;

    LevelCrossings(SliceDatabase slice) {
        this.slice = slice;
    }

    /** Resolves all crossed signals, in separate transactions. Signals already resolved stay as they are. */
    Uni<Void> resolve(Ticks ticks) {
        return resolveAfter(BEFORE_ALL, ticks);
    }

    private Uni<Void> resolveAfter(UUID creator, Ticks ticks) {
        return slice.asWorker(FIND, ticks.symbols(), ticks.prices(), ticks.times(), creator, FOUND_AT_ONCE)
                .map(rows -> Rows.list(rows, LevelCrossing::of))
                .chain(found -> resolveFrom(
                                0,
                                found.stream().filter(LevelCrossing::isCrossed).toList())
                        .chain(() -> found.size() < FOUND_AT_ONCE
                                ? Uni.createFrom().voidItem()
                                : resolveAfter(found.get(found.size() - 1).creator(), ticks)));
    }

    private Uni<Void> resolveFrom(int first, List<LevelCrossing> found) {
        if (first >= found.size()) {
            return Uni.createFrom().voidItem();
        }
        int end = Math.min(first + AT_ONCE, found.size());
        return resolveTogether(found.subList(first, end)).chain(() -> resolveFrom(end, found));
    }

    private Uni<Void> resolveTogether(List<LevelCrossing> crossings) {
        return slice.asWorker(tx -> tx.execute(
                        RESOLVE,
                        crossings.stream().map(LevelCrossing::signal).toArray(UUID[]::new),
                        crossings.stream().map(LevelCrossing::outcome).toArray(String[]::new),
                        crossings.stream().map(LevelCrossing::price).toArray(String[]::new))
                .chain(rows -> tx.publish(Rows.list(rows, SignalEvents::madePublic).stream()
                        .flatMap(List::stream)
                        .toList())));
    }

    /**
     * A candidate and what crossed it.
     *
     * @param outcome null if no tick has crossed it
     * @param price the price of the crossing tick; null if there is none
     */
    private record LevelCrossing(UUID creator, UUID signal, String outcome, String price) {

        static LevelCrossing of(Row row) {
            return new LevelCrossing(
                    row.getUUID("creator_id"), row.getUUID("id"), row.getString("outcome"), row.getString("price"));
        }

        boolean isCrossed() {
            return outcome != null;
        }
    }
}
