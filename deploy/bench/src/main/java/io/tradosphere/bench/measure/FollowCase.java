package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.FollowerCount;
import io.tradosphere.bench.load.Generator;
import io.tradosphere.bench.load.Latencies;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.load.Visibility;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Reading;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.Usage;
import io.tradosphere.bench.world.World;
import io.tradosphere.stack.process.Waiting;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/** Follows through the gateway by 32 clients: spread over creators, or all of one star; ours and the trigger's. */
public final class FollowCase implements Case {

    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLIS = 10;
    private static final String COUNTED = "SELECT sum(follower_count) FROM profile.profile_stats";
    private static final String FOLLOWS = "SELECT count(*) FROM social.follows";
    private static final String WAITING = "SELECT count(*) FROM social.outbox";
    private static final String SEED_COUNTED = "SELECT sum(follower_count) FROM profiles";
    private static final String SEED_FOLLOWS = "SELECT count(*) FROM follows";

    /** Whom the follows are of. */
    public enum Whom {
        /** Somebody else each. */
        SPREAD,
        /** The same person all. */
        STAR
    }

    private final Stage stage;
    private final Whom whom;
    private final Rounds rounds = new Rounds();

    /**
     * @param stage where it is measured
     * @param whom whom the follows are of
     */
    public FollowCase(Stage stage, Whom whom) {
        this.stage = stage;
        this.whom = whom;
    }

    @Override
    public void warmUp() throws Exception {
        for (int i = 0; i < World.WARM_UPS; i++) {
            ours(World.warmUpRound(i));
            trigger(World.warmUpRound(i), stage.size().followsARound() / 5);
        }
    }

    @Override
    public String round(int round) throws Exception {
        Reading ours = ours(round);
        Reading trigger = trigger(round, stage.size().followsARound());
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
        CaseReport report = new CaseReport(whom == Whom.STAR ? "follows-star" : "follows-spread", rounds);
        String title = whom == Whom.STAR ? "follows of one star" : "follows, spread";
        report.compare(title + ", a second", "rate", CaseReport.Better.HIGHER, whom == Whom.STAR ? 4 : 0);
        report.compare(title + ", p50 ms", "p50Ms", CaseReport.Better.LOWER, 0);
        report.compare(title + ", p99 ms", "p99Ms", CaseReport.Better.LOWER, whom == Whom.STAR ? 5 : 0);
        report.compare(title + ", CPU ms each, all processes", "cpuMsEach", CaseReport.Better.LOWER, 0);
        report.compare(title + ", failed requests", "failed", CaseReport.Better.ZERO, 0);
        report.compare(title + ", wrong counts", "miscounted", CaseReport.Better.ZERO, 0);
        if (whom == Whom.STAR) {
            report.below(title + ", visible after, p50 ms", "visibleP50Ms", Double.NaN);
            report.below(title + ", visible after, p99 ms", "visibleP99Ms", 1_000);
        }
        report.below(title + ", drained after, ms", "drainedMs", Double.NaN);
        return report;
    }

    private UUID followed(int round, int number) {
        return stage.id(
                whom == Whom.STAR ? stage.world().star(round) : stage.world().spread(round, number));
    }

    private IntFunction<Call> follows(Target gateway, int round) {
        return number -> Call.follow(gateway, followed(round, number), stage.token(number));
    }

    private Reading ours(int round) throws SQLException {
        int follows = stage.size().followsARound();
        Map<String, Double> before = stage.usage().cpuMillis();
        Reading reading = whom == Whom.STAR ? star(round, follows) : spread(round, follows);
        reading.cpu(Usage.between(before, stage.usage().cpuMillis()));
        long off = Sql.number(stage.database(), COUNTED) - Sql.number(stage.database(), FOLLOWS);
        return reading.with("miscounted", Math.abs(off));
    }

    private Reading star(int round, int follows) {
        Generator generator = stage.generator();
        FollowerCount count = new FollowerCount(generator, stage.targets().gateway(), followed(round, 0));
        long base = generator.await(count::now);
        Latencies visible = new Latencies();
        Visibility visibility = new Visibility(generator, count, LOOK_EVERY_MILLIS, base, visible);
        Load load = generator.closedLoop(follows, follows(stage.targets().gateway(), round), new Generator.Observer() {
            @Override
            public void started(int number) {
                visibility.begun();
            }

            @Override
            public void answered(int number) {
                visibility.answered(true);
            }
        });
        long answered = System.nanoTime();
        generator.await(() -> load.failed() == 0 ? visibility.caughtUp() : Future.succeededFuture());
        return Reading.of(load)
                .with("drainedMs", (System.nanoTime() - answered) / 1e6)
                .with("visibleP50Ms", visible.percentile(50))
                .with("visibleP99Ms", visible.percentile(99))
                .with("visibleMaxMs", visible.longest());
    }

    private Reading spread(int round, int follows) {
        Load load = stage.generator()
                .closedLoop(follows, follows(stage.targets().gateway(), round), Generator.Observer.NONE);
        long answered = System.nanoTime();
        Waiting.until(LONGEST_DRAIN, this::isDrained);
        return Reading.of(load).with("drainedMs", (System.nanoTime() - answered) / 1e6);
    }

    private boolean isDrained() {
        try {
            return Sql.number(stage.database(), WAITING) == 0
                    && Sql.number(stage.database(), COUNTED) == Sql.number(stage.database(), FOLLOWS);
        } catch (SQLException e) {
            throw new IllegalStateException("The suite's database does not answer: " + e.getMessage(), e);
        }
    }

    private Reading trigger(int round, int follows) throws SQLException {
        Map<String, Double> before = stage.usage().cpuMillis();
        Load load = stage.generator()
                .closedLoop(follows, follows(stage.targets().triggerGateway(), round), Generator.Observer.NONE);
        Map<String, Double> after = stage.usage().cpuMillis();
        long off = Sql.number(stage.seed(), SEED_COUNTED) - Sql.number(stage.seed(), SEED_FOLLOWS);
        return Reading.of(load).cpu(Usage.between(before, after)).with("miscounted", Math.abs(off));
    }
}
