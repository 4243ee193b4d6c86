package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Reading;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.Usage;
import io.tradosphere.bench.world.World;
import io.tradosphere.stack.Slice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/** A public profile read by its username: of the service, through the gateway, and pgbench's with the very same statement. */
public final class ReadCase implements Case {

    private static final double MOST_CPU_MS = 0.25;

    private final Stage stage;
    private final BareStatements bare;
    private final Rounds rounds = new Rounds();

    /** @param stage where it is measured */
    public ReadCase(Stage stage) {
        this.stage = stage;
        this.bare = new BareStatements(stage, "profile-read", Pgbench.As.serviceOf(Slice.PROFILE, stage.database()));
    }

    @Override
    public void warmUp() throws Exception {
        String heard = stage.world().username(0);
        Call call = Call.get(stage.targets().profileService(), "/v1/profiles/" + heard);
        bare.hear(
                "username = ",
                () -> stage.generator().answer(call),
                Script.StandIn.anyOf(0, stage.size().people(), heard, "('" + World.USERNAME_STEM + "' || :number)"));
        read(stage.targets().profileService(), "profile-service", stage.size().warmUp());
        read(stage.targets().gateway(), "profile-service", stage.size().warmUp());
    }

    @Override
    public String round(int round) throws Exception {
        Duration howLong = stage.size().reading();
        Map<String, Reading> sides = new LinkedHashMap<>();
        sides.put("service", read(stage.targets().profileService(), "profile-service", howLong));
        sides.put("gateway", read(stage.targets().gateway(), "profile-service", howLong));
        bare.run(howLong).ifPresent(reading -> sides.put("pgbench", reading));
        rounds.add(sides);
        return String.format(
                Locale.ROOT,
                "service %,.0f/s at %.3f ms CPU each, through the gateway %,.0f/s%s",
                sides.get("service").get("rate"),
                sides.get("service").get("serviceCpuMs"),
                sides.get("gateway").get("rate"),
                sides.containsKey("pgbench")
                        ? String.format(
                                Locale.ROOT,
                                ", pgbench %,.0f/s",
                                sides.get("pgbench").get("rate"))
                        : "");
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("profile-read", rounds);
        String other = "pgbench";
        report.compare("profile by username, service, a second", "service", "rate", other, CaseReport.Better.HIGHER, 0);
        report.compare("profile by username, gateway, a second", "gateway", "rate", other, CaseReport.Better.HIGHER, 0);
        report.below("profile by username, service, p50 ms", "service", "p50Ms", Double.NaN);
        report.below("profile by username, service, p99 ms", "service", "p99Ms", Double.NaN);
        report.below("profile by username, gateway, p50 ms", "gateway", "p50Ms", Double.NaN);
        report.below("profile by username, gateway, p99 ms", "gateway", "p99Ms", Double.NaN);
        report.below("profile by username, service's CPU, ms", "service", "serviceCpuMs", MOST_CPU_MS);
        report.below("profile by username, gateway's CPU, ms", "gateway", "gatewayCpuMs", Double.NaN);
        return report;
    }

    private Reading read(Target target, String service, Duration howLong) {
        int people = stage.size().people();
        IntFunction<Call> calls = number -> Call.get(
                target,
                "/v1/profiles/" + World.USERNAME_STEM
                        + ThreadLocalRandom.current().nextInt(people));
        Map<String, Double> before = stage.usage().cpuMillis();
        Load load = stage.generator().closedLoop(howLong, calls);
        Map<String, Double> cpu = Usage.between(before, stage.usage().cpuMillis());
        return Reading.of(load)
                .cpu(cpu)
                .with("serviceCpuMs", cpu.get(service) / load.answered())
                .with("gatewayCpuMs", cpu.get("gateway") / load.answered());
    }
}
