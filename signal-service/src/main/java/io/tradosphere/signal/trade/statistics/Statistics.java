package io.tradosphere.signal.trade.statistics;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.performance.ClosedTrade;
import io.tradosphere.platform.performance.PerformanceMeter;
import io.tradosphere.signal.trade.JournalSnapshot;
import io.tradosphere.signal.trade.Times;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Computes statistics of the caller's closed trades. */
@ApplicationScoped
class Statistics {

    /** The number of trades that an event loop adds up in a few milliseconds. */
    private static final int AT_ONCE = 2_000;

    private static final String NOW = "SELECT now() AS now";
    private static final String CLOSED = """
            SELECT id, closed_at, asset_type = 'crypto' AS crypto,
              trade_pnl(broker_pnl, direction, entry_price, exit_price, size) - fees AS net_pnl
            FROM trades
            WHERE user_id = $1 AND (closed_at, id) > ($2, $3) AND closed_at < $4 AND closed_at IS NOT NULL
            ORDER BY closed_at, id LIMIT $5
            """;
    private static final UUID FIRST_ID = new UUID(0, 0);

    /** Bounds outside the time of any trade. */
    private static final Instant BEFORE_ALL = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant AFTER_ALL = Instant.parse("9999-12-31T23:59:59Z");

    private final SliceDatabase slice;

    Statistics(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * The statistics of the caller's trades of the period. Without bounds the period begins on the day of the first
     * trade. It never extends past today, since future days are not days without a trade.
     */
    Uni<TradeStatistics> measure(Caller caller, Period period) {
        return slice.write(
                caller,
                tx -> JournalSnapshot.begin(tx)
                        .chain(() -> tx.execute(NOW))
                        .map(rows -> Rows.instant(rows.iterator().next(), "now"))
                        .chain(now -> {
                            Measuring measuring =
                                    new Measuring(new PerformanceMeter(period.base(), period.zone()), period, now);
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

    /** The trades of a period read so far. */
    private static final class Measuring {

        private final PerformanceMeter meter;
        private final Period period;
        private final LocalDate today;
        private LocalDate firstClose;
        private LocalDate lastClose;

        Measuring(PerformanceMeter meter, Period period, Instant now) {
            this.meter = meter;
            this.period = period;
            this.today = meter.day(now);
        }

        void add(Closed closed) {
            meter.add(closed.trade);
            lastClose = meter.day(closed.trade.closedAt());
            firstClose = firstClose == null ? lastClose : firstClose;
        }

        TradeStatistics result() {
            LocalDate first = firstDay();
            LocalDate last = lastDay();
            return TradeStatistics.of(meter.over(first, last.isBefore(first) ? first : last));
        }

        private LocalDate firstDay() {
            if (period.from() != null) {
                return meter.day(period.from());
            }
            return firstClose == null ? today : firstClose;
        }

        /** A client's clock may be ahead of ours, so the last trade may be closed tomorrow. */
        private LocalDate lastDay() {
            LocalDate last = lastClose == null || lastClose.isBefore(today) ? today : lastClose;
            LocalDate end = period.to() == null ? last : meter.day(period.to().minusNanos(1));
            return end.isBefore(last) ? end : last;
        }
    }
}
