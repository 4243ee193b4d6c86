package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.CaseReport.Better;
import java.util.List;

/** The report lines of a case that is compared with the Fastify service. */
final class FastifyComparison {

    private static final String FASTIFY = Variant.FASTIFY.title();
    private static final String PIPELINED = Variant.PIPELINED.title();
    private static final List<String> OURS = List.of(Variant.SERVICE.title(), Variant.GATEWAY.title());
    /** The maximum ratio of our latency to Fastify's. */
    private static final double NOT_HIGHER = 1;

    private FastifyComparison() {}

    /** Adds the lines; the target is the minimum ratio of the throughputs. */
    static void lines(CaseReport report, String title, double minRatio) {
        for (String variant : OURS) {
            String ours = title + ", " + variant;
            report.compare(ours + ", a second", variant, "rate", FASTIFY, Better.HIGHER, minRatio);
            report.compare(ours + ", p50 ms", variant, "p50Ms", FASTIFY, Better.LOWER, 0);
            report.compare(ours + ", p99 ms", variant, "p99Ms", FASTIFY, Better.LOWER, NOT_HIGHER);
        }
        String service = Variant.SERVICE.title();
        report.compare(title + ", beside pipelined, a second", service, "rate", PIPELINED, Better.HIGHER, 0);
        report.compare(title + ", beside pipelined, p99 ms", service, "p99Ms", PIPELINED, Better.LOWER, 0);
        report.compare(title + ", service's CPU, ms each", service, "serviceCpuMs", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", database's CPU, ms each", service, "databaseCpuMs", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", CPU ms each, all processes", service, "cpuMsEach", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", bare statements, a second", "pgbench", "rate", "pgbench-fastify", Better.HIGHER, 0);
        report.mustBeZero(title + ", failed requests", "failed", OURS, FASTIFY);
    }
}
