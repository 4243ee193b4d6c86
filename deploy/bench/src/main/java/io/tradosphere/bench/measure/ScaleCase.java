package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Reading;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.world.CompetitionLoader;
import io.tradosphere.bench.world.World.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Reads that must stay flat: feeds and leaderboards with all the data, and once everything else is done, in the same processes,
 * with a tenth of it. What is measured last is the warmest, so the ratio is rather too high than too low, though all the data is
 * warmed up three times as long.
 */
public final class ScaleCase implements Case {

    private static final double MOST_RATIO = 1.5;

    /** A tenth is measured by processes that all the data has warmed up already, so all the data is given more. */
    private static final int WARM_UPS = 3;

    private static final String ALL = "all";
    private static final String TENTH = "tenth";
    private static final String LEADERBOARD = "/v1/competitions/" + CompetitionLoader.ID + "/leaderboard";

    private final Stage stage;
    private final Rounds rounds = new Rounds();

    /** @param stage where it is measured */
    public ScaleCase(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            warmUp(stage);
        }
    }

    @Override
    public String round(int round) {
        return round(stage, ALL);
    }

    /** Warms up with a tenth of the data. */
    public void warmUpTenth(Stage tenth) {
        warmUp(tenth);
    }

    /** A round with a tenth of the data. */
    public String roundOfTenth(Stage tenth) {
        return round(tenth, TENTH);
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("scale", rounds);
        List<String> names = new ArrayList<>(reads(stage).keySet());
        names.forEach(name ->
                report.within(name + ", p99 ms, with ten times the data", ALL, name + "P99Ms", TENTH, MOST_RATIO));
        names.forEach(name ->
                report.within(name + ", p50 ms, with ten times the data", ALL, name + "P50Ms", TENTH, Double.NaN));
        report.none("scale, failed requests", "failed", List.of(ALL, TENTH), "nobody");
        return report;
    }

    private static Map<String, IntFunction<Call>> reads(Stage stage) {
        Map<String, IntFunction<Call>> reads = new LinkedHashMap<>();
        reads.put("feed", number -> Call.get(stage.targets().signalService(), "/v1/signals"));
        for (Reader kind : Reader.values()) {
            reads.put(
                    kind.title() + "'s feed",
                    number -> Call.get(stage.targets().signalService(), "/v1/feed", stage.readerToken(kind, number)));
        }
        reads.put("leaderboard", number -> Call.get(stage.targets().competitionService(), LEADERBOARD));
        reads.put(
                "around me",
                number -> Call.get(stage.targets().competitionService(), LEADERBOARD + "/me", stage.token(number * 7)));
        return reads;
    }

    private static void warmUp(Stage stage) {
        reads(stage).values().forEach(calls -> {
            stage.generator().answer(calls.apply(0));
            stage.generator().closedLoop(stage.size().warmUp(), calls);
        });
    }

    private String round(Stage at, String side) {
        Reading reading = new Reading();
        StringBuilder said = new StringBuilder();
        double failed = 0;
        for (Map.Entry<String, IntFunction<Call>> read : reads(at).entrySet()) {
            Load load = at.generator().closedLoop(at.size().comparing(), read.getValue());
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
        rounds.add(Map.of(side, reading.with("failed", failed)));
        return said.toString();
    }
}
