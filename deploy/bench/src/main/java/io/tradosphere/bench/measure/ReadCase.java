package io.tradosphere.bench.measure;

import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.stack.Slice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/** A public profile read by username: the service, the gateway, and pgbench with the same statement. */
public final class ReadCase implements Case {

    private static final double MAX_CPU_MS = 0.25;

    private final CaseContext context;
    private final StatementReplay replay;
    private final Rounds rounds = new Rounds();

    /** @param context what to measure on */
    public ReadCase(CaseContext context) {
        this.context = context;
        this.replay = new StatementReplay(
                context, "profile-read", Pgbench.Session.serviceOf(Slice.PROFILE, context.database()));
    }

    @Override
    public void warmUp() throws Exception {
        String captured = context.dataset().username(0);
        Call call = Call.get(context.targets().profileService(), "/v1/profiles/" + captured);
        replay.capture(
                "username = ",
                () -> context.generator().responseBody(call),
                Script.Substitution.random(
                        0, context.size().people(), captured, "('" + Dataset.USERNAME_PREFIX + "' || :number)"));
        read(
                context.targets().profileService(),
                "profile-service",
                context.size().warmUpDuration());
        read(context.targets().gateway(), "profile-service", context.size().warmUpDuration());
    }

    @Override
    public String round(int round) throws Exception {
        Duration howLong = context.size().readDuration();
        Map<String, Measurement> variants = new LinkedHashMap<>();
        variants.put("service", read(context.targets().profileService(), "profile-service", howLong));
        variants.put("gateway", read(context.targets().gateway(), "profile-service", howLong));
        replay.run(howLong).ifPresent(reading -> variants.put("pgbench", reading));
        rounds.add(variants);
        return String.format(
                Locale.ROOT,
                "service %,.0f/s at %.3f ms CPU each, through the gateway %,.0f/s%s",
                variants.get("service").get("rate"),
                variants.get("service").get("serviceCpuMs"),
                variants.get("gateway").get("rate"),
                variants.containsKey("pgbench")
                        ? String.format(
                                Locale.ROOT,
                                ", pgbench %,.0f/s",
                                variants.get("pgbench").get("rate"))
                        : "");
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("profile-read", rounds);
        String other = "pgbench";
        report.compare("profile by username, service, a second", "service", "rate", other, CaseReport.Better.HIGHER, 0);
        report.compare("profile by username, gateway, a second", "gateway", "rate", other, CaseReport.Better.HIGHER, 0);
        report.atMost("profile by username, service, p50 ms", "service", "p50Ms", Double.NaN);
        report.atMost("profile by username, service, p99 ms", "service", "p99Ms", Double.NaN);
        report.atMost("profile by username, gateway, p50 ms", "gateway", "p50Ms", Double.NaN);
        report.atMost("profile by username, gateway, p99 ms", "gateway", "p99Ms", Double.NaN);
        report.atMost("profile by username, service's CPU, ms", "service", "serviceCpuMs", MAX_CPU_MS);
        report.atMost("profile by username, gateway's CPU, ms", "gateway", "gatewayCpuMs", Double.NaN);
        return report;
    }

    private Measurement read(Target target, String service, Duration howLong) {
        int people = context.size().people();
        IntFunction<Call> calls = number -> Call.get(
                target,
                "/v1/profiles/" + Dataset.USERNAME_PREFIX
                        + ThreadLocalRandom.current().nextInt(people));
        Map<String, Double> before = context.usage().cpuMillis();
        Load load = context.generator().closedLoop(howLong, calls);
        Map<String, Double> cpu = ProcessUsage.between(before, context.usage().cpuMillis());
        return Measurement.of(load)
                .cpu(cpu)
                .with("serviceCpuMs", cpu.get(service) / load.responded())
                .with("gatewayCpuMs", cpu.get("gateway") / load.responded());
    }
}
