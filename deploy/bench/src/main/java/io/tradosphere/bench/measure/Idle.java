package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Reading;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.Endpoints;
import io.tradosphere.bench.suite.Usage;
import io.tradosphere.stack.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the seven services together hold and use while nobody asks them for anything. */
public final class Idle {

    private static final double MOST_MIB = 1.6 * 1024;
    private static final double MOST_PERCENT = 5;

    /** How much longer it rests than it is looked at: for minutes after its start a JVM compiles what it does while idle. */
    private static final int RESTS = 8;

    private Idle() {}

    /** Lets the suite rest for eight times as long, then looks at it for so long. */
    public static CaseReport measure(Endpoints endpoints, Duration howLong) throws InterruptedException {
        Usage usage = new Usage();
        for (Slice slice : Slice.values()) {
            usage.and(slice.service(), endpoints.pid(slice.name() + "_SERVICE_PID"));
        }
        TimeUnit.NANOSECONDS.sleep(howLong.multipliedBy(RESTS).toNanos());
        Map<String, Double> before = usage.cpuMillis();
        TimeUnit.NANOSECONDS.sleep(howLong.toNanos());
        Map<String, Double> used = Usage.between(before, usage.cpuMillis());
        Map<String, Double> held = usage.residentMiB();
        used.remove(Usage.MACHINE);
        Rounds rounds = new Rounds();
        rounds.add(Map.of(
                "ours",
                new Reading()
                        .cpu(used)
                        .memory(held)
                        .with("rssMiB", sum(held))
                        .with("cpuPercent", sum(used) * 100 / howLong.toMillis())));
        CaseReport report = new CaseReport("idle", rounds);
        report.below("seven idle services, RSS, MiB", "rssMiB", MOST_MIB);
        report.below("seven idle services, % of one core", "cpuPercent", MOST_PERCENT);
        return report;
    }

    private static double sum(Map<String, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
