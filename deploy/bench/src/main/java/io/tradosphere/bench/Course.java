package io.tradosphere.bench;

import io.tradosphere.bench.Main.CaseName;
import io.tradosphere.bench.Main.Plan;
import io.tradosphere.bench.measure.Aftermath;
import io.tradosphere.bench.measure.Case;
import io.tradosphere.bench.measure.FollowCase;
import io.tradosphere.bench.measure.PageCase;
import io.tradosphere.bench.measure.ReactionCase;
import io.tradosphere.bench.measure.ReadCase;
import io.tradosphere.bench.measure.ScaleCase;
import io.tradosphere.bench.measure.Stage;
import io.tradosphere.bench.measure.VisibilityCase;
import io.tradosphere.bench.report.Machine;
import io.tradosphere.bench.report.Report;
import io.tradosphere.bench.world.World.Reader;
import io.tradosphere.stack.process.Waiting;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Warms up all cases, then measures each of them once in every round. */
final class Course {

    private final Setting setting;
    private final Plan plan;
    private final Progress progress;
    private final Report report;
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final ScaleCase scale;

    Course(Setting setting, Plan plan, Progress progress, Report report) {
        this.setting = setting;
        this.plan = plan;
        this.progress = progress;
        this.report = report;
        Stage stage = setting.stage();
        this.scale = new ScaleCase(stage);
        plan.cases().forEach(name -> add(name, stage));
        if (stage.pgbench().isEmpty()) {
            report.note("There is no pgbench on the PATH or in PostgreSQL's own folders, so its figures are left out.");
        }
    }

    /** With all the data. */
    void run() throws Exception {
        for (Map.Entry<String, Case> one : cases.entrySet()) {
            progress.run("warming up: " + one.getKey(), one.getValue()::warmUp);
        }
        settle();
        awaitQuiet();
        for (int i = 0; i < plan.rounds(); i++) {
            int round = i;
            for (Map.Entry<String, Case> one : cases.entrySet()) {
                say(round, one.getKey(), () -> one.getValue().round(round));
                settle();
            }
        }
    }

    private void settle() {
        if (!Aftermath.await(setting.stage().database())) {
            progress.say("what the suite does after its answers is not over yet, and goes on beside what comes next");
        }
    }

    /** With a tenth of it, if that was asked for. */
    void runWithLess() throws Exception {
        if (!plan.cases().contains(CaseName.SCALE)) {
            return;
        }
        Stage tenth = setting.tenth();
        progress.run("warming up: scale, with a tenth", () -> scale.warmUpTenth(tenth));
        for (int round = 0; round < plan.rounds(); round++) {
            say(round, "scale, with a tenth", () -> scale.roundOfTenth(tenth));
        }
    }

    /** Adds what came of it to the report. */
    void report() {
        cases.values().forEach(one -> report.add(one.report()));
    }

    private void say(int round, String name, Callable<String> work) throws Exception {
        double load = Machine.load();
        String said = work.call();
        progress.say(String.format(
                Locale.ROOT, "round %d of %d, %s: %s (load %.1f)", round + 1, plan.rounds(), name, said, load));
    }

    /** Our own processes count too, but wait by now. */
    private void awaitQuiet() {
        double quiet = Runtime.getRuntime().availableProcessors();
        if (!plan.patience().isZero() && Machine.load() > quiet) {
            progress.say("waiting for the machine to become quiet, for "
                    + plan.patience().toMinutes() + " min at most");
            Waiting.until(plan.patience(), () -> Machine.load() <= quiet);
        }
        report.about("loadAverageWhenMeasured", Machine.load());
    }

    private void add(CaseName name, Stage stage) {
        switch (name) {
            case SPREAD -> cases.put("spread", new FollowCase(stage, FollowCase.Whom.SPREAD));
            case STAR -> cases.put("star", new FollowCase(stage, FollowCase.Whom.STAR));
            case READ -> cases.put("read", new ReadCase(stage));
            case VISIBLE -> cases.put("visible", new VisibilityCase(stage));
            case FEED -> cases.put("feed", PageCase.everybodys(stage));
            case PERSONAL -> {
                for (Reader kind : Reader.values()) {
                    cases.put("personal, " + kind.title(), PageCase.personal(stage, kind));
                }
            }
            case REACT -> cases.put("react", new ReactionCase(stage));
            case SCALE -> cases.put("scale", scale);
            case IDLE -> {}
        }
    }
}
