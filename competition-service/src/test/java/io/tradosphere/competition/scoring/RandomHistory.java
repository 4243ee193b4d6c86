package io.tradosphere.competition.scoring;

import io.tradosphere.competition.scoring.ScoringSteps.SequencedEvent;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.signal.AssetType;
import io.tradosphere.contracts.signal.TradeClosed;
import io.tradosphere.contracts.signal.TradeCorrected;
import io.tradosphere.contracts.signal.TradeDeleted;
import io.tradosphere.contracts.signal.TradeOpened;
import io.tradosphere.contracts.signal.TradeState;
import io.tradosphere.test.TestUser;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/** A random trade history of a few participants, who joined a ten-day-old competition at the same time. */
final class RandomHistory {

    private static final double EQUITY = 5_000;
    private static final Duration REPORT_DELAY = Duration.ofMinutes(15);

    private final Random random;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Instant startsAt;
    private final Instant endsAt;
    private final Instant joined;
    private final List<SequencedEvent> events = new ArrayList<>();
    private final Map<UUID, List<TradeState>> counting = new HashMap<>();

    /** The expected metrics, computed in doubles with an independent library. */
    record Expected(long trades, BigDecimal pnl, double winRate, Double sharpe, Double drawdown) {}

    RandomHistory(Random random, List<TestUser> people, Instant startsAt, Instant endsAt, Instant joined) {
        this.random = random;
        this.startsAt = startsAt;
        this.endsAt = endsAt;
        this.joined = joined;
        for (TestUser person : people) {
            counting.put(person.id(), new ArrayList<>());
            int trades = random.nextInt(8);
            for (int i = 0; i < trades; i++) {
                generateTrade(person);
            }
        }
    }

    /** The events in their original order. */
    List<SequencedEvent> events() {
        return events;
    }

    Map<UUID, Expected> expected() {
        Map<UUID, Expected> expected = new HashMap<>();
        counting.forEach((person, trades) -> expected.put(person, expected(trades)));
        return expected;
    }

    /** Generates the events of one trade: opened, closed, a few corrections, and sometimes deleted. */
    private void generateTrade(TestUser person) {
        UUID id = UUID.randomUUID();
        boolean crypto = random.nextInt(3) == 0;
        TradeState open = version(id, person, crypto, false, null);
        publish(new TradeOpened(open));
        if (random.nextInt(10) == 0) {
            return;
        }
        TradeState last = version(id, person, crypto, true, null);
        publish(new TradeClosed(last));
        Instant reported = last.reportedAt();
        for (int corrections = random.nextInt(3); corrections > 0; corrections--) {
            last = version(id, person, crypto, true, reported);
            publish(new TradeCorrected(last, now));
        }
        if (random.nextInt(6) == 0) {
            publish(new TradeDeleted(id, person.id(), 1, now));
        } else if (counts(last)) {
            counting.get(person.id()).add(last);
        }
    }

    private TradeState version(UUID id, TestUser person, boolean crypto, boolean closed, Instant reported) {
        Instant closedAt = reported == null
                ? now.minusSeconds(3_600 + random.nextInt(10 * 86_400))
                : reported.minusSeconds(random.nextInt(1_200));
        Instant openedAt = closedAt.minusSeconds(random.nextInt(12 * 3_600));
        Instant reportedAt = reported == null ? closedAt.plusSeconds(random.nextInt(1_100)) : reported;
        String pnl =
                BigDecimal.valueOf((long) (random.nextGaussian() * 3e10), 8).toPlainString();
        return ScoringSteps.state(
                id,
                person.id(),
                1,
                crypto ? AssetType.CRYPTO : AssetType.STOCKS,
                closed ? pnl : null,
                openedAt,
                closed ? closedAt : null,
                closed ? reportedAt : openedAt);
    }

    private void publish(Event event) {
        events.add(new SequencedEvent(event, ScoringSteps.nextSequence()));
    }

    private boolean counts(TradeState trade) {
        return !trade.openedAt().isBefore(startsAt)
                && trade.closedAt().isAfter(joined)
                && !REPORT_DELAY
                        .minus(Duration.between(trade.closedAt(), trade.reportedAt()))
                        .isNegative();
    }

    private Expected expected(List<TradeState> trades) {
        BigDecimal pnl = trades.stream().map(TradeState::netPnl).reduce(BigDecimal.ZERO, BigDecimal::add);
        long wins = trades.stream().filter(trade -> trade.netPnl().signum() > 0).count();
        return new Expected(
                trades.size(),
                pnl,
                trades.isEmpty() ? 0 : 100.0 * wins / trades.size(),
                sharpe(trades),
                trades.isEmpty() ? null : drawdown(trades));
    }

    private Double sharpe(List<TradeState> trades) {
        LocalDate first = LocalDate.ofInstant(startsAt, ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(endsAt, ZoneOffset.UTC);
        double[] returns = new double[(int) ChronoUnit.DAYS.between(first, last) + 1];
        for (TradeState trade : trades) {
            returns[(int) ChronoUnit.DAYS.between(first, LocalDate.ofInstant(trade.closedAt(), ZoneOffset.UTC))] +=
                    trade.netPnl().doubleValue();
        }
        double equity = EQUITY;
        for (int day = 0; day < returns.length; day++) {
            double made = returns[day];
            returns[day] = made / equity;
            equity += made;
        }
        double deviation = StandardDeviation.of(returns).getAsDouble();
        boolean crypto = trades.stream().anyMatch(trade -> trade.assetType() == AssetType.CRYPTO);
        return deviation == 0
                ? null
                : Double.valueOf(Mean.of(returns).getAsDouble() / deviation * Math.sqrt(crypto ? 365 : 252));
    }

    private static double drawdown(List<TradeState> trades) {
        double equity = EQUITY;
        double peak = EQUITY;
        double deepest = 0;
        List<TradeState> inOrder = trades.stream()
                .sorted(Comparator.comparing(TradeState::closedAt))
                .toList();
        for (TradeState trade : inOrder) {
            equity += trade.netPnl().doubleValue();
            peak = Math.max(peak, equity);
            deepest = Math.max(deepest, (peak - equity) / peak * 100);
        }
        return deepest;
    }
}
