package io.tradosphere.bench.measure;

import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.CaseReport.Better;
import java.util.List;

/** What is said of a case that is compared with the hand-written service. */
final class Compared {

    private static final String FASTIFY = Side.FASTIFY.title();
    private static final String PIPELINED = Side.PIPELINED.title();
    private static final List<String> OURS = List.of(Side.SERVICE.title(), Side.GATEWAY.title());
    /** Not higher than theirs. */
    private static final double AS_LOW = 1;

    private Compared() {}

    /** Adds the lines; the target is the least ratio between the requests a second. */
    static void lines(CaseReport report, String title, double leastRatio) {
        for (String side : OURS) {
            String ours = title + ", " + side;
            report.compare(ours + ", a second", side, "rate", FASTIFY, Better.HIGHER, leastRatio);
            report.compare(ours + ", p50 ms", side, "p50Ms", FASTIFY, Better.LOWER, 0);
            report.compare(ours + ", p99 ms", side, "p99Ms", FASTIFY, Better.LOWER, AS_LOW);
        }
        String service = Side.SERVICE.title();
        report.compare(title + ", beside pipelined, a second", service, "rate", PIPELINED, Better.HIGHER, 0);
        report.compare(title + ", beside pipelined, p99 ms", service, "p99Ms", PIPELINED, Better.LOWER, 0);
        report.compare(title + ", service's CPU, ms each", service, "serviceCpuMs", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", database's CPU, ms each", service, "databaseCpuMs", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", CPU ms each, all processes", service, "cpuMsEach", FASTIFY, Better.LOWER, 0);
        report.compare(title + ", bare statements, a second", "pgbench", "rate", "pgbench-fastify", Better.HIGHER, 0);
        report.none(title + ", failed requests", "failed", OURS, FASTIFY);
    }
}
