package io.tradosphere.signal.trade.statistics;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.Slice;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.performance.ClosedTrade;
import io.tradosphere.platform.performance.PerformanceMeter;
import io.tradosphere.signal.trade.Times;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Measures the caller's closed trades. */
@ApplicationScoped
class Statistics {

    /** What an event loop adds up in a few milliseconds. */
    private static final int AT_ONCE = 2_000;

    /** All parts see the journal as it is at the first. */
    private static final String AS_OF_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private static final String NOW = "SELECT now() AS now";
    private static final String CLOSED = """
            SELECT id, closed_at, asset_type = 'crypto' AS crypto, net_pnl FROM trades
            WHERE user_id = $1 AND (closed_at, id) > ($2, $3) AND closed_at < $4 AND closed_at IS NOT NULL
            ORDER BY closed_at, id LIMIT $5
            """;
    private static final UUID FIRST_ID = new UUID(0, 0);

    /** Neither is the time of any trade. */
    private static final Instant BEFORE_ALL = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant AFTER_ALL = Instant.parse("9999-12-31T23:59:59Z");

    private final Slice slice;

    Statistics(Slice slice) {
        this.slice = slice;
    }

    /**
     * What the caller's trades of the period add up to. Without its bounds the period begins on the day of the first of them, and it
     * never goes on after today: days that are still to come are no days without a trade.
     */
    Uni<TradeStatistics> measure(Caller caller, Period period) {
        return slice.write(
                caller,
                tx -> tx.execute(AS_OF_ONE_MOMENT)
                        .chain(() -> tx.execute(NOW))
                        .map(rows -> Rows.instant(rows.iterator().next(), "now"))
                        .chain(now -> {
                            Measuring measuring = new Measuring(new PerformanceMeter(period.base()), period, now);
                            return add(tx, caller.id(), measuring, start(period), FIRST_ID)
                                    .map(Measuring::result);
                        }));
    }

    private static Instant start(Period period) {
        return period.from() == null ? BEFORE_ALL : period.from();
    }

    private static Uni<Measuring> add(Tx tx, UUID person, Measuring measuring, Instant after, UUID afterId) {
        Instant end = measuring.period.to() == null ? AFTER_ALL : measuring.period.to();
        return tx.execute(CLOSED, person, Times.column(after), afterId, Times.column(end), AT_ONCE)
                .map(rows -> Rows.list(rows, Closed::of))
                .chain(trades -> {
                    trades.forEach(measuring::add);
                    if (trades.size() < AT_ONCE) {
                        return Uni.createFrom().item(measuring);
                    }
                    Closed last = trades.get(trades.size() - 1);
                    return add(tx, person, measuring, last.trade.closedAt(), last.id);
                });
    }

    private record Closed(UUID id, ClosedTrade trade) {

        static Closed of(Row row) {
            return new Closed(
                    row.getUUID("id"),
                    new ClosedTrade(
                            Rows.instant(row, "closed_at"), row.getBoolean("crypto"), row.getBigDecimal("net_pnl")));
        }
    }

    /** The trades of a period so far. */
    private static final class Measuring {

        private final PerformanceMeter meter;
        private final Period period;
        private final LocalDate today;
        private LocalDate firstClose;
        private LocalDate lastClose;

        Measuring(PerformanceMeter meter, Period period, Instant now) {
            this.meter = meter;
            this.period = period;
            this.today = PerformanceMeter.day(now);
        }

        void add(Closed closed) {
            meter.add(closed.trade);
            lastClose = PerformanceMeter.day(closed.trade.closedAt());
            firstClose = firstClose == null ? lastClose : firstClose;
        }

        TradeStatistics result() {
            LocalDate first = firstDay();
            LocalDate last = lastDay();
            return TradeStatistics.of(meter.over(first, last.isBefore(first) ? first : last));
        }

        private LocalDate firstDay() {
            if (period.from() != null) {
                return PerformanceMeter.day(period.from());
            }
            return firstClose == null ? today : firstClose;
        }

        /** A client's clock may be ahead of ours, and its last trade closed tomorrow. */
        private LocalDate lastDay() {
            LocalDate last = lastClose == null || lastClose.isBefore(today) ? today : lastClose;
            LocalDate end = period.to() == null
                    ? last
                    : PerformanceMeter.day(period.to().minusNanos(1));
            return end.isBefore(last) ? end : last;
        }
    }
}
