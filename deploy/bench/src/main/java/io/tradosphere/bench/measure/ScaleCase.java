package io.tradosphere.bench.measure;

import io.tradosphere.bench.dataset.CompetitionLoader;
import io.tradosphere.bench.dataset.Dataset.Reader;
import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Reads whose latency must not grow with the data: feeds and leaderboards. They are measured with all the data and later, in
 * the same processes, with a tenth. The later measurement runs warmer, so the ratio is rather too high than too low.
 */
public final class ScaleCase implements Case {

    private static final double MAX_RATIO = 1.5;

    /** The tenth runs in processes that are already warm, so all the data gets more warm-up. */
    private static final int WARM_UPS = 3;

    private static final String ALL = "all";
    private static final String TENTH = "tenth";
    private static final String LEADERBOARD = "/v1/competitions/" + CompetitionLoader.ID + "/leaderboard";

    private final CaseContext context;
    private final Rounds rounds = new Rounds();

    /** @param context what to measure on */
    public ScaleCase(CaseContext context) {
        this.context = context;
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            warmUp(context);
        }
    }

    @Override
    public String round(int round) {
        return round(context, ALL);
    }

    /** Warms up with a tenth of the data. */
    public void warmUpTenth(CaseContext tenth) {
        warmUp(tenth);
    }

    /** Measures a round with a tenth of the data. */
    public String roundOfTenth(CaseContext tenth) {
        return round(tenth, TENTH);
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("scale", rounds);
        List<String> names = new ArrayList<>(reads(context).keySet());
        names.forEach(name ->
                report.ratioAtMost(name + ", p99 ms, with ten times the data", ALL, name + "P99Ms", TENTH, MAX_RATIO));
        names.forEach(name ->
                report.ratioAtMost(name + ", p50 ms, with ten times the data", ALL, name + "P50Ms", TENTH, Double.NaN));
        report.mustBeZero("scale, failed requests", "failed", List.of(ALL, TENTH), "none");
        return report;
    }

    private static Map<String, IntFunction<Call>> reads(CaseContext context) {
        Map<String, IntFunction<Call>> reads = new LinkedHashMap<>();
        reads.put("feed", number -> Call.get(context.targets().signalService(), "/v1/signals"));
        for (Reader kind : Reader.values()) {
            reads.put(
                    kind.title() + "'s feed",
                    number ->
                            Call.get(context.targets().signalService(), "/v1/feed", context.readerToken(kind, number)));
        }
        reads.put("leaderboard", number -> Call.get(context.targets().competitionService(), LEADERBOARD));
        reads.put(
                "around me",
                number -> Call.get(
                        context.targets().competitionService(), LEADERBOARD + "/me", context.token(number * 7)));
        return reads;
    }

    private static void warmUp(CaseContext context) {
        reads(context).values().forEach(calls -> {
            context.generator().responseBody(calls.apply(0));
            context.generator().closedLoop(context.size().warmUpDuration(), calls);
        });
    }

    private String round(CaseContext at, String variant) {
        Measurement reading = new Measurement();
        StringBuilder said = new StringBuilder();
        double failed = 0;
        for (Map.Entry<String, IntFunction<Call>> read : reads(at).entrySet()) {
            Load load = at.generator().closedLoop(at.size().comparisonDuration(), read.getValue());
            reading.with(read.getKey() + "Rate", load.rate())
                    .with(read.getKey() + "P50Ms", load.latencies().percentile(50))
                    .with(read.getKey() + "P99Ms", load.latencies().percentile(99));
            failed += load.failed();
            said.append(said.isEmpty() ? "p99 of " : ", ")
                    .append(String.format(
                            Locale.ROOT,
                            "%s %.1f ms",
                            read.getKey(),
                            load.latencies().percentile(99)));
        }
        rounds.add(Map.of(variant, reading.with("failed", failed)));
        return said.toString();
    }
}
