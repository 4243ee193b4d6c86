package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.Reading;
import io.tradosphere.bench.suite.Targets;
import io.tradosphere.bench.suite.Usage;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Those that are compared: one of ours two ways, and the hand-written one two ways. */
enum Side {
    /** The signal-service itself. */
    SERVICE("service", "signal-service", Targets::signalService),
    /** The same through the gateway. */
    GATEWAY("gateway", "signal-service", Targets::gateway),
    /** Fastify and pg on the seed's schema. */
    FASTIFY("fastify", "fastify-service", Targets::fastify),
    /** The same with pg's pipelining, which few know of. */
    PIPELINED("fastify-pipelined", "fastify-pipelined", Targets::pipelined);

    private static final String DATABASE = "postgres";

    private final String title;
    private final String process;
    private final Function<Targets, Target> target;

    Side(String title, String process, Function<Targets, Target> target) {
        this.title = title;
        this.process = process;
        this.target = target;
    }

    /** Whether it is one of ours. */
    boolean isOurs() {
        return this == SERVICE || this == GATEWAY;
    }

    /** How the report calls it. */
    String title() {
        return title;
    }

    /** Where it is called. */
    Target in(Stage stage) {
        return target.apply(stage.targets());
    }

    /** A round of load on it, with what its process and the database's used for each answer. */
    Reading measure(Stage stage, Supplier<Load> round) {
        Map<String, Double> before = stage.usage().cpuMillis();
        Load load = round.get();
        return withCpu(stage, before, Reading.of(load));
    }

    /** Adds what was used since then. */
    Reading withCpu(Stage stage, Map<String, Double> before, Reading reading) {
        Map<String, Double> used = Usage.between(before, stage.usage().cpuMillis());
        return reading.cpu(used)
                .with("serviceCpuMs", used.get(process) / reading.get("answered"))
                .with("databaseCpuMs", used.get(DATABASE) / reading.get("answered"));
    }
}
