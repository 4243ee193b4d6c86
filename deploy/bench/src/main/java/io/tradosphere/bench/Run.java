package io.tradosphere.bench;

import io.tradosphere.bench.Main.CaseName;
import io.tradosphere.bench.Main.Plan;
import io.tradosphere.bench.measure.Drift;
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

/** One benchmark from beginning to end; whatever happens, nothing it started is left running. */
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
        Instant began = Instant.now();
        report.about("size", size.toString());
        report.about("rounds", plan.rounds());
        report.about("loadAverageBefore", Machine.load());
        report.about("commitDelayMillis", plan.commitDelay().toMillis());
        try {
            Endpoints endpoints = progress.step("starting a suite of its own", () -> suite.start(port));
            measure(suite, endpoints);
        } finally {
            suite.stop();
            Runtime.getRuntime().removeShutdownHook(onSignal);
        }
        report.about("loadAverageAfter", Machine.load());
        double flush = Machine.flushMillis(folder);
        report.about("flushMillis", flush);
        report.note(String.format(
                Locale.ROOT,
                "A flush of 8 kB to this disk takes %.2f ms%s: what holds a hot row's lock over a commit is as slow as that.",
                flush,
                plan.commitDelay().isZero()
                        ? ""
                        : ", and PostgreSQL's were delayed by %d ms more"
                                .formatted(plan.commitDelay().toMillis())));
        report.print(out);
        progress.say("written to " + report.write(folder, began));
    }

    private void measure(BenchSuite suite, Endpoints endpoints) throws Exception {
        if (plan.cases().contains(CaseName.IDLE)) {
            report.add(progress.step("idle", () -> Idle.measure(endpoints, size.idle())));
        }
        if (plan.cases().equals(Set.of(CaseName.IDLE))) {
            return;
        }
        try (Setting setting = new Setting(checkout, suite, endpoints, folder, progress)) {
            setting.make(size, plan.cases());
            setting.delayCommits(plan.commitDelay());
            Course course = new Course(setting, plan, progress, report);
            course.run();
            reportDrift(BenchSuite.database(endpoints));
            course.runWithLess();
            course.report();
        }
    }

    private void reportDrift(Address database) throws SQLException {
        long followers = Drift.ofFollowerCounts(database);
        long likes = Drift.ofLikeCounts(database);
        report.about("profilesMiscounted", followers);
        report.about("signalsMiscounted", likes);
        report.note(
                followers == 0 && likes == 0
                        ? "After everything, every profile's follower count is the number of its followers, and every signal's"
                                + " like count that of its reactions."
                        : followers + " profiles have another follower count than followers, and " + likes
                                + " signals another like count than reactions: that is a defect.");
    }
}
