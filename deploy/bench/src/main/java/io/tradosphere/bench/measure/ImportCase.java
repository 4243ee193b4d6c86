package io.tradosphere.bench.measure;

import io.tradosphere.bench.load.Call;
import io.tradosphere.bench.report.CaseReport;
import io.tradosphere.bench.report.Measurement;
import io.tradosphere.bench.report.Rounds;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.stack.StackException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Imports of 10,000 lines through the gateway, one at a time, each into the journal of another person. CPU counts until the
 * events of the trades are published. The seed has nothing to compare it with.
 */
public final class ImportCase implements Case {

    private static final int WARM_UPS = 4;
    private static final double MOST_SECONDS = 3;

    private final CaseContext context;
    private final Rounds rounds = new Rounds();
    private int files;

    /** @param context what to measure on */
    public ImportCase(CaseContext context) {
        this.context = context;
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < WARM_UPS; i++) {
            for (ImportFile form : ImportFile.values()) {
                send(form);
            }
        }
    }

    @Override
    public String round(int round) {
        Map<String, Measurement> variants = new LinkedHashMap<>();
        StringBuilder said = new StringBuilder();
        for (ImportFile form : ImportFile.values()) {
            Measurement measurement = measured(form);
            variants.put(form.title(), measurement);
            said.append(String.format(
                    Locale.ROOT, "%s%s %.2f s", said.isEmpty() ? "" : ", ", form.title(), measurement.get("seconds")));
        }
        rounds.add(variants);
        return said.toString();
    }

    @Override
    public CaseReport report() {
        CaseReport report = new CaseReport("imports", rounds);
        for (ImportFile form : ImportFile.values()) {
            String what = "import of 10,000 lines, " + form.title();
            report.atMost(what + ", s", form.title(), "seconds", MOST_SECONDS);
            report.atMost(what + ", CPU of all processes, s", form.title(), "cpuSeconds", Double.NaN);
        }
        return report;
    }

    private Measurement measured(ImportFile form) {
        Quiescence.await(context.database());
        Map<String, Double> before = context.usage().cpuMillis();
        double seconds = send(form);
        Quiescence.await(context.database());
        Map<String, Double> used = ProcessUsage.between(before, context.usage().cpuMillis());
        double all = used.entrySet().stream()
                .filter(process -> !process.getKey().equals(ProcessUsage.MACHINE)
                        && !process.getKey().equals(ProcessUsage.CLIENTS))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return new Measurement().with("seconds", seconds).cpu(used).with("cpuSeconds", all / 1_000);
    }

    /** Imports a file; returns the seconds until the response. */
    private double send(ImportFile form) {
        int number = files++;
        String file = form.of(number);
        Call call = Call.importTrades(context.targets().gateway(), file, context.token(number));
        long from = System.nanoTime();
        JsonObject report = new JsonObject(context.generator().responseBody(call));
        double seconds = (System.nanoTime() - from) / 1e9;
        if (report.getInteger("accepted") != form.trades() || report.getInteger("rejected") != 0) {
            throw new StackException(
                    form.title() + " had " + form.trades() + " trades, and the import says " + shortened(report));
        }
        return seconds;
    }

    private static String shortened(JsonObject report) {
        String text = report.encode();
        return text.length() > 300 ? text.substring(0, 300) : text;
    }
}
