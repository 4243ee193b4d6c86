package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.Endpoints;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.stack.Slice;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures memory and CPU of the seven services while idle. */
public final class Idle {

    private static final double MAX_MIB = 1.6 * 1024;
    private static final double MAX_PERCENT = 5;

    /** Ratio of the rest before the measurement to its duration. After startup the JIT compiler still works for minutes. */
    private static final int REST_FACTOR = 8;

    private Idle() {}

    /** Lets the suite rest for eight times the duration, then measures it for the duration. */
    public static CaseReport measure(Endpoints endpoints, Duration howLong) throws InterruptedException {
        ProcessUsage usage = new ProcessUsage();
        for (Slice slice : Slice.values()) {
            usage.and(slice.service(), endpoints.pid(slice.variable() + "_PID"));
        }
        TimeUnit.NANOSECONDS.sleep(howLong.multipliedBy(REST_FACTOR).toNanos());
        Map<String, Double> before = usage.cpuMillis();
        TimeUnit.NANOSECONDS.sleep(howLong.toNanos());
        Map<String, Double> used = ProcessUsage.between(before, usage.cpuMillis());
        Map<String, Double> held = usage.residentMiB();
        used.remove(ProcessUsage.MACHINE);
        Rounds rounds = new Rounds();
        rounds.add(Map.of(
                "ours",
                new Measurement()
                        .cpu(used)
                        .memory(held)
                        .with("rssMiB", sum(held))
                        .with("cpuPercent", sum(used) * 100 / howLong.toMillis())));
        CaseReport report = new CaseReport("idle", rounds);
        report.atMost("seven idle services, RSS, MiB", "rssMiB", MAX_MIB);
        report.atMost("seven idle services, % of one core", "cpuPercent", MAX_PERCENT);
        return report;
    }

    private static double sum(Map<String, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
