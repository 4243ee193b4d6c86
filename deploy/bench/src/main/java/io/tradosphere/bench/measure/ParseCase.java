package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.load.Latencies;
import io.tradosphere.bench.load.Target;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.ProcessUsage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parses of free text, one request at a time: the labelled messages, at the service and through the gateway, and texts of
 * 4,000 characters. The seed has nothing to compare it with.
 */
public final class ParseCase implements Case {

    private static final int WARM_UPS = 30;

    /** The number of times that a round reads all messages. */
    private static final int PASSES = 8;

    private static final double MOST_P99 = 2;
    private static final double MOST_LONG = 20;

    private final CaseContext context;
    private final Rounds rounds = new Rounds();
    private final List<String> messages;
    private final List<String> longTexts;

    /**
     * @param context what to measure on
     * @param checkout the folder of the repository
     */
    public ParseCase(CaseContext context, Path checkout) {
        this.context = context;
        this.messages = ParseTexts.messages(checkout);
        this.longTexts = ParseTexts.longTexts(checkout);
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            send(context.targets().signalService(), messages, 1);
            send(context.targets().gateway(), messages, 1);
        }
        for (int i = 0; i < 3; i++) {
            send(context.targets().signalService(), longTexts, 1);
        }
    }

    @Override
    public String round(int round) {
        Map<String, Measurement> variants = new LinkedHashMap<>();
        variants.put("service", measured(context.targets().signalService(), messages, PASSES));
        variants.put("gateway", measured(context.targets().gateway(), messages, PASSES));
        variants.put("long", measured(context.targets().signalService(), longTexts, 1));
        rounds.add(variants);
        return String.format(
                Locale.ROOT,
                "%d messages p50 %.2f ms, p99 %.2f ms; through the gateway p99 %.2f ms; %d texts of %d characters"
                        + " p99 %.2f ms, slowest %.2f ms",
                messages.size(),
                variants.get("service").get("p50Ms"),
                variants.get("service").get("p99Ms"),
                variants.get("gateway").get("p99Ms"),
                longTexts.size(),
                ParseTexts.LONG,
                variants.get("long").get("p99Ms"),
                variants.get("long").get("maxMs"));
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("parse", rounds);
        report.atMost("parse of a message, p50 ms", "service", "p50Ms", Double.NaN);
        report.atMost("parse of a message, p99 ms", "service", "p99Ms", MOST_P99);
        report.atMost("the same through the gateway, p99 ms", "gateway", "p99Ms", Double.NaN);
        report.atMost("CPU of a parse, all processes, ms", "service", "cpuMsEach", Double.NaN);
        report.atMost("parse of 4,000 characters, p50 ms", "long", "p50Ms", Double.NaN);
        report.atMost("parse of 4,000 characters, slowest, ms", "long", "maxMs", MOST_LONG);
        return report;
    }

    private Measurement measured(Target target, List<String> texts, int passes) {
        Map<String, Double> before = context.usage().cpuMillis();
        Latencies latencies = send(target, texts, passes);
        Map<String, Double> used = ProcessUsage.between(before, context.usage().cpuMillis());
        return new Measurement()
                .with("p50Ms", latencies.percentile(50))
                .with("p99Ms", latencies.percentile(99))
                .with("maxMs", latencies.max())
                .with("answered", latencies.count())
                .cpu(used);
    }

    private Latencies send(Target target, List<String> texts, int passes) {
        Latencies latencies = new Latencies();
        for (int pass = 0; pass < passes; pass++) {
            for (int i = 0; i < texts.size(); i++) {
                Call call = Call.parse(
                        target, texts.get(i), context.token(i % context.size().actors()));
                long from = System.nanoTime();
                context.generator().responseBody(call);
                latencies.add(System.nanoTime() - from);
            }
        }
        return latencies;
    }
}
