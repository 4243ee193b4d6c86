package io.tradosphere.bench.report;

import io.tradosphere.bench.load.Load;
import io.tradosphere.bench.suite.Usage;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one round found of one side: figures by name. */
public final class Reading {

    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Map<String, Double> cpuMillis = new LinkedHashMap<>();
    private final Map<String, Double> memoryMiB = new LinkedHashMap<>();
    private String failure;

    /** The figures of a round of load. */
    public static Reading of(Load load) {
        Reading reading = new Reading()
                .with("rate", load.rate())
                .with("p50Ms", load.latencies().percentile(50))
                .with("p99Ms", load.latencies().percentile(99))
                .with("maxMs", load.latencies().longest())
                .with("answered", load.answered())
                .with("failed", load.failed())
                .with("seconds", load.seconds());
        reading.failure = load.firstFailure();
        return reading;
    }

    /** Adds a figure. */
    public Reading with(String name, double value) {
        figures.put(name, value);
        return this;
    }

    /**
     * Adds what each process used, in milliseconds of CPU, and what that is for each answer: of everything that was measured,
     * without the clients.
     */
    public Reading cpu(Map<String, Double> millis) {
        cpuMillis.putAll(millis);
        double sum = 0;
        for (Map.Entry<String, Double> used : millis.entrySet()) {
            if (!used.getKey().equals(Usage.MACHINE) && !used.getKey().equals(Usage.CLIENTS)) {
                sum += used.getValue();
            }
        }
        double everything = sum + millis.getOrDefault(Usage.CLIENTS, 0.0);
        if (millis.containsKey(Usage.MACHINE)) {
            with("othersCpuMs", Math.max(0, millis.get(Usage.MACHINE) - everything));
        }
        return figures.containsKey("answered") ? with("cpuMsEach", sum / get("answered")) : this;
    }

    /** Adds what each process held, in MiB. */
    public Reading memory(Map<String, Double> mebibytes) {
        memoryMiB.putAll(mebibytes);
        return this;
    }

    /** The figure of that name. */
    public double get(String name) {
        return figures.getOrDefault(name, Double.NaN);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        figures.forEach((name, value) -> json.put(name, Figures.rounded(value)));
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
        values.forEach((name, value) -> json.put(name, Figures.rounded(value)));
        return json;
    }
}
