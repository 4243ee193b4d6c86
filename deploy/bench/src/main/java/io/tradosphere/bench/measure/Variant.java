package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.bench.suite.Targets;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The compared variants: the suite with and without gateway, and Fastify with and without pipelining. */
enum Variant {
    /** The signal-service, called directly. */
    SERVICE("service", "signal-service", Targets::signalService),
    /** The signal-service through the gateway. */
    GATEWAY("gateway", "signal-service", Targets::gateway),
    /** Fastify and pg on the seed schema. */
    FASTIFY("fastify", "fastify-service", Targets::fastify),
    /** The same with pg's pipelining, which is off by default. */
    PIPELINED("fastify-pipelined", "fastify-pipelined", Targets::pipelined);

    private static final String DATABASE = "postgres";

    private final String title;
    private final String process;
    private final Function<Targets, Target> target;

    Variant(String title, String process, Function<Targets, Target> target) {
        this.title = title;
        this.process = process;
        this.target = target;
    }

    /** Whether the variant belongs to the suite. */
    boolean isOurs() {
        return this == SERVICE || this == GATEWAY;
    }

    /** The name in the report. */
    String title() {
        return title;
    }

    /** The server of the variant. */
    Target in(CaseContext context) {
        return target.apply(context.targets());
    }

    /** Measures a round of load, with the CPU time per response of its process and its database. */
    Measurement measure(CaseContext context, Supplier<Load> round) {
        Map<String, Double> before = context.usage().cpuMillis();
        Load load = round.get();
        return withCpu(context, before, Measurement.of(load));
    }

    /** Adds the CPU time used since the reading before. */
    Measurement withCpu(CaseContext context, Map<String, Double> before, Measurement reading) {
        Map<String, Double> used = ProcessUsage.between(before, context.usage().cpuMillis());
        return reading.cpu(used)
                .with("serviceCpuMs", used.get(process) / reading.get("answered"))
                .with("databaseCpuMs", used.get(DATABASE) / reading.get("answered"));
    }
}
