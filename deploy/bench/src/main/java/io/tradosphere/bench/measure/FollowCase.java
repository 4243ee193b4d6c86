package io.tradosphere.bench.measure;

import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.FollowerCount;
import io.tradosphere.bench.load.Latencies;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.LoadGenerator;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.load.VisibilityProbe;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.stack.process.Waiting;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * Follows through the gateway by 32 clients, either spread over creators or all of one star. Compares the suite with the
 * trigger design.
 */
public final class FollowCase implements Case {

    private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_INTERVAL_MILLIS = 10;
    private static final String COUNTED = "SELECT sum(follower_count) FROM profile.profile_stats";
    private static final String FOLLOWS = "SELECT count(*) FROM social.follows";
    private static final String WAITING = "SELECT count(*) FROM social.outbox";
    private static final String SEED_COUNTED = "SELECT sum(follower_count) FROM profiles";
    private static final String SEED_FOLLOWS = "SELECT count(*) FROM follows";

    /** The distribution of the followed profiles. */
    public enum Pattern {
        /** Each follow has another target. */
        SPREAD,
        /** All follows have the same target. */
        STAR
    }

    private final CaseContext context;
    private final Pattern pattern;
    private final Rounds rounds = new Rounds();

    /**
     * @param context what to measure on
     * @param pattern distribution of the followed profiles
     */
    public FollowCase(CaseContext context, Pattern pattern) {
        this.context = context;
        this.pattern = pattern;
    }

    @Override
    public void warmUp() throws Exception {
        for (int i = 0; i < Dataset.WARM_UPS; i++) {
            ours(Dataset.warmUpRound(i));
            trigger(Dataset.warmUpRound(i), context.size().followsPerRound() / 5);
        }
    }

    @Override
    public String round(int round) throws Exception {
        Measurement ours = ours(round);
        Measurement trigger = trigger(round, context.size().followsPerRound());
        rounds.add(Map.of("ours", ours, "trigger", trigger));
        return String.format(
                Locale.ROOT,
                "ours %,.0f/s, p99 %.0f ms; trigger %,.0f/s, p99 %.0f ms",
                ours.get("rate"),
                ours.get("p99Ms"),
                trigger.get("rate"),
                trigger.get("p99Ms"));
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport(pattern == Pattern.STAR ? "follows-star" : "follows-spread", rounds);
        String title = pattern == Pattern.STAR ? "follows of one star" : "follows, spread";
        report.compare(title + ", a second", "rate", CaseReport.Better.HIGHER, pattern == Pattern.STAR ? 4 : 0);
        report.compare(title + ", p50 ms", "p50Ms", CaseReport.Better.LOWER, 0);
        report.compare(title + ", p99 ms", "p99Ms", CaseReport.Better.LOWER, pattern == Pattern.STAR ? 5 : 0);
        report.compare(title + ", CPU ms each, all processes", "cpuMsEach", CaseReport.Better.LOWER, 0);
        report.compare(title + ", failed requests", "failed", CaseReport.Better.ZERO, 0);
        report.compare(title + ", wrong counts", "miscounted", CaseReport.Better.ZERO, 0);
        if (pattern == Pattern.STAR) {
            report.atMost(title + ", visible after, p50 ms", "visibleP50Ms", Double.NaN);
            report.atMost(title + ", visible after, p99 ms", "visibleP99Ms", 1_000);
        }
        report.atMost(title + ", drained after, ms", "drainedMs", Double.NaN);
        return report;
    }

    private UUID followed(int round, int number) {
        return context.id(
                pattern == Pattern.STAR
                        ? context.dataset().star(round)
                        : context.dataset().spreadTarget(round, number));
    }

    private IntFunction<Call> follows(Target gateway, int round) {
        return number -> Call.follow(gateway, followed(round, number), context.token(number));
    }

    private Measurement ours(int round) throws SQLException {
        int follows = context.size().followsPerRound();
        Map<String, Double> before = context.usage().cpuMillis();
        Measurement reading = pattern == Pattern.STAR ? star(round, follows) : spread(round, follows);
        reading.cpu(ProcessUsage.between(before, context.usage().cpuMillis()));
        long off = Sql.number(context.database(), COUNTED) - Sql.number(context.database(), FOLLOWS);
        return reading.with("miscounted", Math.abs(off));
    }

    private Measurement star(int round, int follows) {
        LoadGenerator generator = context.generator();
        FollowerCount count = new FollowerCount(generator, context.targets().gateway(), followed(round, 0));
        long base = generator.await(count::now);
        Latencies visible = new Latencies();
        VisibilityProbe visibility = new VisibilityProbe(generator, count, POLL_INTERVAL_MILLIS, base, visible);
        Load load = generator.closedLoop(
                follows, follows(context.targets().gateway(), round), new LoadGenerator.Observer() {
                    @Override
                    public void started(int number) {
                        visibility.started();
                    }

                    @Override
                    public void responded(int number) {
                        visibility.responded(true);
                    }
                });
        long responded = System.nanoTime();
        generator.await(() -> load.failed() == 0 ? visibility.caughtUp() : Future.succeededFuture());
        return Measurement.of(load)
                .with("drainedMs", (System.nanoTime() - responded) / 1e6)
                .with("visibleP50Ms", visible.percentile(50))
                .with("visibleP99Ms", visible.percentile(99))
                .with("visibleMaxMs", visible.max());
    }

    private Measurement spread(int round, int follows) {
        Load load = context.generator()
                .closedLoop(follows, follows(context.targets().gateway(), round), LoadGenerator.Observer.NONE);
        long responded = System.nanoTime();
        Waiting.until(DRAIN_TIMEOUT, this::isDrained);
        return Measurement.of(load).with("drainedMs", (System.nanoTime() - responded) / 1e6);
    }

    private boolean isDrained() {
        try {
            return Sql.number(context.database(), WAITING) == 0
                    && Sql.number(context.database(), COUNTED) == Sql.number(context.database(), FOLLOWS);
        } catch (SQLException e) {
            throw new IllegalStateException("The suite's database does not respond: " + e.getMessage(), e);
        }
    }

    private Measurement trigger(int round, int follows) throws SQLException {
        Map<String, Double> before = context.usage().cpuMillis();
        Load load = context.generator()
                .closedLoop(follows, follows(context.targets().triggerGateway(), round), LoadGenerator.Observer.NONE);
        Map<String, Double> after = context.usage().cpuMillis();
        long off = Sql.number(context.seed(), SEED_COUNTED) - Sql.number(context.seed(), SEED_FOLLOWS);
        return Measurement.of(load).cpu(ProcessUsage.between(before, after)).with("miscounted", Math.abs(off));
    }
}
