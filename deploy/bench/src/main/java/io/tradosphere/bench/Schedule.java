package io.tradosphere.bench;

import io.tradosphere.bench.Main.CaseName;
import io.tradosphere.bench.Main.Plan;
import io.tradosphere.bench.dataset.Dataset.Reader;
import io.tradosphere.bench.measure.Case;
import io.tradosphere.bench.measure.CaseContext;
import io.tradosphere.bench.measure.FollowCase;
import io.tradosphere.bench.measure.ImportCase;
import io.tradosphere.bench.measure.InboxCase;
import io.tradosphere.bench.measure.JoinCase;
import io.tradosphere.bench.measure.PageCase;
import io.tradosphere.bench.measure.ParseCase;
import io.tradosphere.bench.measure.Quiescence;
import io.tradosphere.bench.measure.ReactionCase;
import io.tradosphere.bench.measure.ReadCase;
import io.tradosphere.bench.measure.RealtimeCase;
import io.tradosphere.bench.measure.ScaleCase;
import io.tradosphere.bench.measure.VisibilityCase;
import io.tradosphere.bench.measure.WebhookCase;
import io.tradosphere.bench.report.Machine;
import io.tradosphere.bench.report.Report;
import io.tradosphere.stack.process.Waiting;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** The schedule of the cases: all are warmed up, then each is measured once per round. */
final class Schedule {

    private final Environment environment;
    private final Plan plan;
    private final Progress progress;
    private final Report report;
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final ScaleCase scale;

    Schedule(Environment environment, Plan plan, Progress progress, Report report) {
        this.environment = environment;
        this.plan = plan;
        this.progress = progress;
        this.report = report;
        CaseContext context = environment.context();
        this.scale = new ScaleCase(context);
        plan.cases().forEach(name -> add(name, context));
        if (context.pgbench().isEmpty()) {
            report.note("pgbench is neither on the PATH nor in PostgreSQL's folders, so its numbers are missing.");
        }
    }

    /** Runs all rounds with all the data. */
    void run() throws Exception {
        for (Map.Entry<String, Case> one : cases.entrySet()) {
            progress.run("warming up: " + one.getKey(), one.getValue()::warmUp);
        }
        awaitQuiescence();
        awaitIdleMachine();
        for (int i = 0; i < plan.rounds(); i++) {
            int round = i;
            for (Map.Entry<String, Case> one : cases.entrySet()) {
                print(round, one.getKey(), () -> one.getValue().round(round));
                awaitQuiescence();
            }
        }
    }

    private void awaitQuiescence() {
        if (!Quiescence.await(environment.context().database())) {
            progress.print("the suite's asynchronous work is not done yet; it overlaps with the next measurement");
        }
    }

    /** Runs the scale case with a tenth of the data, if requested. */
    void runWithTenth() throws Exception {
        if (!plan.cases().contains(CaseName.SCALE)) {
            return;
        }
        CaseContext tenth = environment.tenth();
        progress.run("warming up: scale, with a tenth", () -> scale.warmUpTenth(tenth));
        for (int round = 0; round < plan.rounds(); round++) {
            print(round, "scale, with a tenth", () -> scale.roundOfTenth(tenth));
        }
    }

    /** Adds the results to the report. */
    void report() {
        cases.values().forEach(one -> report.add(one.report()));
    }

    private void print(int round, String name, Callable<String> work) throws Exception {
        double load = Machine.load();
        String said = work.call();
        progress.print(String.format(
                Locale.ROOT, "round %d of %d, %s: %s (load %.1f)", round + 1, plan.rounds(), name, said, load));
    }

    /** The benchmark's own processes count too, but they are idle at this point. */
    private void awaitIdleMachine() {
        double quiet = Runtime.getRuntime().availableProcessors();
        if (!plan.patience().isZero() && Machine.load() > quiet) {
            progress.print("waiting for the machine to become idle, for "
                    + plan.patience().toMinutes() + " min at most");
            Waiting.until(plan.patience(), () -> Machine.load() <= quiet);
        }
        report.property("loadAverageWhenMeasured", Machine.load());
    }

    private void add(CaseName name, CaseContext context) {
        switch (name) {
            case SPREAD -> cases.put("spread", new FollowCase(context, FollowCase.Pattern.SPREAD));
            case STAR -> cases.put("star", new FollowCase(context, FollowCase.Pattern.STAR));
            case READ -> cases.put("read", new ReadCase(context));
            case VISIBLE -> cases.put("visible", new VisibilityCase(context));
            case FEED -> cases.put("feed", PageCase.global(context));
            case PERSONAL -> {
                for (Reader kind : Reader.values()) {
                    cases.put("personal, " + kind.title(), PageCase.personal(context, kind));
                }
            }
            case REACT -> cases.put("react", new ReactionCase(context));
            case JOIN -> {
                for (JoinCase.Places places : JoinCase.Places.values()) {
                    cases.put("join, " + places.title(), new JoinCase(context, places));
                }
            }
            case WEBHOOKS -> cases.put("webhooks", new WebhookCase(context));
            case IMPORTS -> cases.put("imports", new ImportCase(context));
            case PARSE -> cases.put("parse", new ParseCase(context, environment.checkout()));
            case REALTIME -> cases.put("realtime", new RealtimeCase(context, environment.streamProcesses()));
            case INBOX -> cases.put("inbox", new InboxCase(context));
            case SCALE -> cases.put("scale", scale);
            case IDLE -> {}
        }
    }
}
