package io.tradosphere.bench;

import io.tradosphere.bench.Main.CaseName;
import io.tradosphere.bench.Main.Plan;
import io.tradosphere.bench.measure.CountCheck;
import io.tradosphere.bench.measure.Idle;
import io.tradosphere.bench.report.Machine;
import io.tradosphere.bench.report.Report;
import io.tradosphere.bench.suite.BenchSuite;
import io.tradosphere.bench.suite.Endpoints;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.postgres.Address;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** A benchmark run. It stops every process that it started, also on failure. */
final class Run {

    private final Checkout checkout;
    private final Path folder;
    private final int port;
    private final Size size;
    private final Plan plan;
    private final PrintWriter out;
    private final Progress progress;
    private final Report report = new Report();

    Run(Checkout checkout, Path folder, int port, Size size, Plan plan, PrintWriter out) {
        this.checkout = checkout;
        this.folder = folder;
        this.port = port;
        this.size = size;
        this.plan = plan;
        this.out = out;
        this.progress = new Progress(out);
    }

    void run() throws Exception {
        BenchSuite suite = new BenchSuite(checkout, folder, progress);
        Thread onSignal = new Thread(suite::stop, "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        Instant startedAt = Instant.now();
        report.property("size", size.toString());
        report.property("rounds", plan.rounds());
        report.property("loadAverageBefore", Machine.load());
        report.property("commitDelayMillis", plan.commitDelay().toMillis());
        try {
            Endpoints endpoints = progress.step("starting the suite", () -> suite.start(port));
            measure(suite, endpoints);
        } finally {
            suite.stop();
            Runtime.getRuntime().removeShutdownHook(onSignal);
        }
        report.property("loadAverageAfter", Machine.load());
        double flush = Machine.flushMillis(folder);
        report.property("flushMillis", flush);
        report.note(String.format(
                Locale.ROOT,
                "A flush of 8 kB to this disk takes %.2f ms%s: a transaction that locks a hot row until its commit takes at least that long.",
                flush,
                plan.commitDelay().isZero()
                        ? ""
                        : "; PostgreSQL delayed each flush by another %d ms"
                                .formatted(plan.commitDelay().toMillis())));
        report.print(out);
        progress.print("written to " + report.write(folder, startedAt));
    }

    private void measure(BenchSuite suite, Endpoints endpoints) throws Exception {
        if (plan.cases().contains(CaseName.IDLE)) {
            report.add(progress.step("idle", () -> Idle.measure(endpoints, size.idleDuration())));
        }
        if (plan.cases().equals(Set.of(CaseName.IDLE))) {
            return;
        }
        try (Environment environment = new Environment(checkout, suite, endpoints, folder, progress)) {
            environment.make(size, plan.cases());
            environment.delayCommits(plan.commitDelay());
            Schedule schedule = new Schedule(environment, plan, progress, report);
            schedule.run();
            reportCountCheck(BenchSuite.database(endpoints));
            schedule.runWithTenth();
            schedule.report();
        }
    }

    private void reportCountCheck(Address database) throws SQLException {
        long followers = CountCheck.wrongFollowerCounts(database);
        long likes = CountCheck.wrongLikeCounts(database);
        report.property("profilesMiscounted", followers);
        report.property("signalsMiscounted", likes);
        report.note(
                followers == 0 && likes == 0
                        ? "After the run every profile's follower count equals its followers, and every signal's"
                                + " like count equals its reactions."
                        : followers + " profiles have a wrong follower count, and " + likes
                                + " signals have a wrong like count: that is a defect.");
    }
}
