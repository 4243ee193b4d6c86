package io.tradosphere.bench.report;

import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.suite.ProcessUsage;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metrics of one variant in one round, by name. */
public final class Measurement {

    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final Map<String, Double> cpuMillis = new LinkedHashMap<>();
    private final Map<String, Double> memoryMiB = new LinkedHashMap<>();
    private String failure;

    /** The metrics of a round of load. */
    public static Measurement of(Load load) {
        Measurement reading = new Measurement()
                .with("rate", load.rate())
                .with("p50Ms", load.latencies().percentile(50))
                .with("p99Ms", load.latencies().percentile(99))
                .with("maxMs", load.latencies().max())
                .with("answered", load.responded())
                .with("failed", load.failed())
                .with("seconds", load.seconds());
        reading.failure = load.firstFailure();
        return reading;
    }

    /** Adds the reason of a failure, unless there is an earlier one. */
    public Measurement failing(String reason) {
        if (failure == null) {
            failure = reason;
        }
        return this;
    }

    /** The reason of the first failure; null for none. */
    public String failure() {
        return failure;
    }

    /** Adds a metric. */
    public Measurement with(String name, double value) {
        metrics.put(name, value);
        return this;
    }

    /**
     * Adds the CPU milliseconds of each process, and the CPU time per response over all measured processes without the clients.
     */
    public Measurement cpu(Map<String, Double> millis) {
        cpuMillis.putAll(millis);
        double sum = 0;
        for (Map.Entry<String, Double> used : millis.entrySet()) {
            if (!used.getKey().equals(ProcessUsage.MACHINE) && !used.getKey().equals(ProcessUsage.CLIENTS)) {
                sum += used.getValue();
            }
        }
        double everything = sum + millis.getOrDefault(ProcessUsage.CLIENTS, 0.0);
        if (millis.containsKey(ProcessUsage.MACHINE)) {
            with("othersCpuMs", Math.max(0, millis.get(ProcessUsage.MACHINE) - everything));
        }
        return metrics.containsKey("answered") ? with("cpuMsEach", sum / get("answered")) : this;
    }

    /** Adds the memory of each process, in MiB. */
    public Measurement memory(Map<String, Double> mebibytes) {
        memoryMiB.putAll(mebibytes);
        return this;
    }

    /** The metric with that name; NaN when missing. */
    public double get(String name) {
        return metrics.getOrDefault(name, Double.NaN);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        metrics.forEach((name, value) -> json.put(name, NumberFormats.rounded(value)));
        if (!cpuMillis.isEmpty()) {
            json.put("cpuMs", object(cpuMillis));
        }
        if (!memoryMiB.isEmpty()) {
            json.put("memoryMiB", object(memoryMiB));
        }
        if (failure != null) {
            json.put("firstFailure", failure);
        }
        return json;
    }

    private static JsonObject object(Map<String, Double> values) {
        JsonObject json = new JsonObject();
        values.forEach((name, value) -> json.put(name, NumberFormats.rounded(value)));
        return json;
    }
}
