package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.FollowerCount;
import io.tradosphere.bench.load.Generator;
import io.tradosphere.bench.load.Latencies;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.Visibility;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Reading;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.Usage;
import io.tradosphere.bench.world.World;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** At a steady 500 follows a second: how long after its answer a follow shows in the profile. A tenth of them is timed. */
public final class VisibilityCase implements Case {

    private static final int FOLLOWS_PER_SECOND = 500;
    private static final int TIMED = 10;
    private static final long LOOK_EVERY_MILLIS = 8;

    private final Stage stage;
    private final Rounds rounds = new Rounds();
    private int warmUps;

    /** @param stage where it is measured */
    public VisibilityCase(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < World.WARM_UPS; i++) {
            measure(World.warmUpRound(warmUps++));
        }
    }

    @Override
    public String round(int round) {
        Reading reading = measure(round);
        rounds.add(Map.of("ours", reading));
        return String.format(
                Locale.ROOT,
                "visible after %.0f ms (p50), %.0f ms (p99); answered in %.0f ms (p99)",
                reading.get("visibleP50Ms"),
                reading.get("visibleP99Ms"),
                reading.get("p99Ms"));
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("visible-at-500", rounds);
        report.below("at 500 follows/s, visible after, p50 ms", "visibleP50Ms", Double.NaN);
        report.below("at 500 follows/s, visible after, p99 ms", "visibleP99Ms", 100);
        report.below("at 500 follows/s, answered in, p99 ms", "p99Ms", Double.NaN);
        return report;
    }

    private Reading measure(int round) {
        Generator generator = stage.generator();
        int creators = stage.size().creatorsARound();
        Latencies visible = new Latencies();
        List<Visibility> watched = new ArrayList<>(creators);
        for (int i = 0; i < creators; i++) {
            FollowerCount count = new FollowerCount(generator, stage.targets().gateway(), creator(round, i));
            long base = generator.await(count::now);
            watched.add(new Visibility(generator, count, LOOK_EVERY_MILLIS, base, visible));
        }
        Map<String, Double> before = stage.usage().cpuMillis();
        Load load = generator.openLoop(
                FOLLOWS_PER_SECOND,
                stage.size().openLoop(),
                number -> Call.follow(stage.targets().gateway(), creator(round, number), stage.token(number)),
                new Generator.Observer() {
                    @Override
                    public void started(int number) {
                        watched.get(number % creators).begun();
                    }

                    @Override
                    public void answered(int number) {
                        // Every creator has its turn.
                        watched.get(number % creators).answered((number + number / creators) % TIMED == 0);
                    }
                });
        generator.await(() -> load.failed() == 0
                ? Future.all(watched.stream().map(Visibility::caughtUp).toList())
                : Future.succeededFuture());
        return Reading.of(load)
                .cpu(Usage.between(before, stage.usage().cpuMillis()))
                .with("timed", visible.count())
                .with("visibleP50Ms", visible.percentile(50))
                .with("visibleP99Ms", visible.percentile(99))
                .with("visibleMaxMs", visible.longest());
    }

    private Object creator(int round, int number) {
        return stage.id(stage.world().creator(round, number));
    }
}
