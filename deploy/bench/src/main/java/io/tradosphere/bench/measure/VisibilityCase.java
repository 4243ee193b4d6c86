package io.tradosphere.bench.measure;

import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.FollowerCount;
import io.tradosphere.bench.load.Latencies;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.LoadGenerator;
import io.tradosphere.bench.load.VisibilityProbe;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.ProcessUsage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The delay until a follow is visible in the profile, at a steady 500 follows per second. One in ten is sampled. */
public final class VisibilityCase implements Case {

    private static final int FOLLOWS_PER_SECOND = 500;
    private static final int SAMPLE_INTERVAL = 10;
    private static final long POLL_INTERVAL_MILLIS = 8;

    private final CaseContext context;
    private final Rounds rounds = new Rounds();
    private int warmUps;

    /** @param context what to measure on */
    public VisibilityCase(CaseContext context) {
        this.context = context;
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < Dataset.WARM_UPS; i++) {
            measure(Dataset.warmUpRound(warmUps++));
        }
    }

    @Override
    public String round(int round) {
        Measurement reading = measure(round);
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
        report.atMost("at 500 follows/s, visible after, p50 ms", "visibleP50Ms", Double.NaN);
        report.atMost("at 500 follows/s, visible after, p99 ms", "visibleP99Ms", 100);
        report.atMost("at 500 follows/s, answered in, p99 ms", "p99Ms", Double.NaN);
        return report;
    }

    private Measurement measure(int round) {
        LoadGenerator generator = context.generator();
        int creators = context.size().creatorsPerRound();
        Latencies visible = new Latencies();
        List<VisibilityProbe> watched = new ArrayList<>(creators);
        for (int i = 0; i < creators; i++) {
            FollowerCount count = new FollowerCount(generator, context.targets().gateway(), creator(round, i));
            long base = generator.await(count::now);
            watched.add(new VisibilityProbe(generator, count, POLL_INTERVAL_MILLIS, base, visible));
        }
        Map<String, Double> before = context.usage().cpuMillis();
        Load load = generator.openLoop(
                FOLLOWS_PER_SECOND,
                context.size().openLoopDuration(),
                number -> Call.follow(context.targets().gateway(), creator(round, number), context.token(number)),
                new LoadGenerator.Observer() {
                    @Override
                    public void started(int number) {
                        watched.get(number % creators).started();
                    }

                    @Override
                    public void responded(int number) {
                        // Shifts the samples so that every creator is sampled.
                        watched.get(number % creators).responded((number + number / creators) % SAMPLE_INTERVAL == 0);
                    }
                });
        generator.await(() -> load.failed() == 0
                ? Future.all(watched.stream().map(VisibilityProbe::caughtUp).toList())
                : Future.succeededFuture());
        return Measurement.of(load)
                .cpu(ProcessUsage.between(before, context.usage().cpuMillis()))
                .with("timed", visible.count())
                .with("visibleP50Ms", visible.percentile(50))
                .with("visibleP99Ms", visible.percentile(99))
                .with("visibleMaxMs", visible.max());
    }

    private Object creator(int round, int number) {
        return context.id(context.dataset().creator(round, number));
    }
}
