package io.tradosphere.billing.pool;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.billing.LegendsPoolDistributed;
import io.tradosphere.contracts.billing.PoolShare;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.Columns;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.http.Answer;
import io.tradosphere.platform.identity.Caller;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pools of the legends. A pool is distributed once, and whole. */
@ApplicationScoped
class LegendsPools {

    private static final String CURRENCY = "USD";
    private static final int CENTS = 2;

    private static final String FIND = """
            SELECT l.id, l.total_pool, l.distributed_at, s.profile_id, s.amount
            FROM legends_pool l LEFT JOIN legends_pool_shares s ON s.pool_id = l.id
            WHERE l.month = $1 ORDER BY s.amount DESC NULLS LAST, s.profile_id
            """;
    private static final String ACCRUE = """
            INSERT INTO legends_pool AS l (month, total_pool) VALUES ($1, $2)
            ON CONFLICT (month) DO UPDATE SET total_pool = l.total_pool + EXCLUDED.total_pool
            WHERE l.distributed_at IS NULL
            RETURNING id
            """;
    private static final String LOCK =
            "SELECT id, total_pool, distributed_at FROM legends_pool WHERE month = $1 FOR UPDATE";

    /** How long each was a legend in the month, in microseconds. */
    private static final String WEIGHTS = """
            SELECT s.profile_id, p.incarnation, sum(
              extract(epoch FROM least(coalesce(s.until, $2), $2) - greatest(s.since, $1)) * 1000000)::bigint AS weight
            FROM legend_spans s JOIN profiles p ON p.id = s.profile_id AND p.incarnation = s.incarnation
            WHERE s.since < $2 AND (s.until IS NULL OR s.until > $1)
            GROUP BY s.profile_id, p.incarnation
            HAVING sum(extract(epoch FROM least(coalesce(s.until, $2), $2) - greatest(s.since, $1))) > 0
            ORDER BY s.profile_id
            """;

    private static final String SHARE_OUT = """
            WITH shares AS (
              INSERT INTO legends_pool_shares (pool_id, profile_id, incarnation, amount)
              SELECT $1, profile_id, incarnation, amount
              FROM unnest($2::uuid[], $3::bigint[], $4::numeric[]) AS share (profile_id, incarnation, amount)
              ORDER BY profile_id
              RETURNING id, profile_id, incarnation, amount)
            INSERT INTO payouts (kind, source_id, winner_id, profile_id, incarnation, amount, currency, status)
            SELECT 'pool_share', $1, id, profile_id, incarnation, amount, $5, 'owed' FROM shares WHERE amount > 0
            ORDER BY profile_id
            """;
    private static final String DISTRIBUTED =
            "UPDATE legends_pool SET distributed_at = now() WHERE id = $1 RETURNING distributed_at, version";

    private final SliceDatabase slice;
    private final Clock clock = Clock.systemUTC();

    private record Legend(UUID profile, long incarnation, long weight) {

        static Legend of(Row row) {
            return new Legend(row.getUUID("profile_id"), row.getLong("incarnation"), row.getLong("weight"));
        }
    }

    LegendsPools(SliceDatabase slice) {
        this.slice = slice;
    }

    /** The pool of a month, which is empty when nothing was paid in. */
    Uni<PoolView> find(YearMonth month) {
        return slice.publicRead(FIND, month.atDay(1)).map(rows -> view(month, rows));
    }

    /** The month that it is now (UTC). */
    YearMonth currentMonth() {
        return YearMonth.now(clock);
    }

    /**
     * Pays into a pool, in an admin's transaction.
     *
     * @throws Problem {@code pool-distributed} (409)
     */
    Uni<Answer> accrue(Tx tx, YearMonth month, BigDecimal amount) {
        return tx.execute(ACCRUE, month.atDay(1), amount)
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw ProblemKind.POOL_DISTRIBUTED.because("Accrue to a later month.");
                    }
                })
                .chain(() -> tx.execute(FIND, month.atDay(1)))
                .map(rows -> Answer.created("/v1/legends-pool?month=" + month, null, view(month, rows)));
    }

    /**
     * Distributes a pool among the legends of its month, in proportion to the part of it that each was one. A distributed
     * pool stays as it is.
     *
     * @throws Problem {@code admin-only} (403), {@code month-not-over}, {@code no-legends} (409)
     */
    Uni<PoolView> distribute(Caller admin, YearMonth month) {
        return slice.writeAsAdmin(admin, tx -> {
            if (!month.isBefore(currentMonth())) {
                throw ProblemKind.MONTH_NOT_OVER.because("Distribute it after " + month.atEndOfMonth() + ".");
            }
            return tx.execute(LOCK, month.atDay(1))
                    .map(rows -> Rows.first(rows, row -> row)
                            .orElseThrow(() -> ProblemKind.NO_LEGENDS.because("Nothing was paid in for this month.")))
                    .chain(pool -> pool.getOffsetDateTime("distributed_at") != null
                            ? Uni.createFrom().voidItem()
                            : legends(tx, month).chain(legends -> shareOut(tx, month, pool, legends)))
                    .chain(() -> tx.execute(FIND, month.atDay(1)))
                    .map(rows -> view(month, rows));
        });
    }

    private static Uni<List<Legend>> legends(Tx tx, YearMonth month) {
        return tx.execute(WEIGHTS, start(month), start(month.plusMonths(1)))
                .map(rows -> Rows.list(rows, Legend::of))
                .invoke(legends -> {
                    if (legends.isEmpty()) {
                        throw ProblemKind.NO_LEGENDS.because("The pool stays.");
                    }
                });
    }

    private static Uni<Void> shareOut(Tx tx, YearMonth month, Row pool, List<Legend> legends) {
        BigDecimal total = pool.getBigDecimal("total_pool");
        Map<UUID, Legend> byId = legends.stream().collect(Collectors.toMap(Legend::profile, Function.identity()));
        List<PoolShare> shares = Shares.split(
                        total.movePointRight(CENTS).longValueExact(),
                        legends.stream().collect(Collectors.toMap(Legend::profile, Legend::weight)))
                .entrySet()
                .stream()
                .map(share -> new PoolShare(
                        share.getKey(),
                        byId.get(share.getKey()).incarnation(),
                        BigDecimal.valueOf(share.getValue(), CENTS)))
                .toList();
        return tx.execute(
                        SHARE_OUT,
                        pool.getUUID("id"),
                        Columns.column(shares, PoolShare::profileId, UUID[]::new),
                        Columns.column(shares, PoolShare::incarnation, Long[]::new),
                        Columns.column(shares, PoolShare::amount, BigDecimal[]::new),
                        CURRENCY)
                .chain(() -> tx.execute(DISTRIBUTED, pool.getUUID("id")))
                .map(rows -> rows.iterator().next())
                .chain(row -> tx.publishVersion(
                        row.getLong("version"),
                        new LegendsPoolDistributed(
                                month, total, CURRENCY, shares, Rows.instant(row, "distributed_at"))));
    }

    private static OffsetDateTime start(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static PoolView view(YearMonth month, RowSet<Row> rows) {
        Row pool = rows.size() == 0 ? null : rows.iterator().next();
        Instant distributedAt = pool == null ? null : Rows.instant(pool, "distributed_at");
        return new PoolView(
                month.toString(),
                text(pool == null ? BigDecimal.ZERO : pool.getBigDecimal("total_pool")),
                CURRENCY,
                distributedAt,
                distributedAt == null
                        ? List.of()
                        : Rows.list(
                                rows,
                                row -> new PoolView.Share(
                                        row.getUUID("profile_id"), text(row.getBigDecimal("amount")))));
    }

    private static String text(BigDecimal amount) {
        return amount.setScale(CENTS, RoundingMode.UNNECESSARY).toPlainString();
    }
}
