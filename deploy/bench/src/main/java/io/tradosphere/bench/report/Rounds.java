package io.tradosphere.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All measurements, by round and variant. */
public final class Rounds {

    private final List<Map<String, Measurement>> rounds = new ArrayList<>();

    /** Adds a round with one measurement per variant. */
    public void add(Map<String, Measurement> variants) {
        rounds.add(new LinkedHashMap<>(variants));
    }

    /** The median over the rounds; for an even number the mean of the middle two. */
    double median(String variant, String metric) {
        double[] sorted = rounds.stream()
                .filter(round -> round.containsKey(variant))
                .mapToDouble(round -> round.get(variant).get(metric))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The sum over the rounds, for metrics that must be zero in each. */
    double sum(String variant, String metric) {
        return rounds.stream()
                .filter(round -> round.containsKey(variant))
                .mapToDouble(round -> round.get(variant).get(metric))
                .filter(Double::isFinite)
                .sum();
    }

    JsonArray json() {
        JsonArray json = new JsonArray();
        for (Map<String, Measurement> round : rounds) {
            JsonObject variants = new JsonObject();
            round.forEach((variant, reading) -> variants.put(variant, reading.json()));
            json.add(variants);
        }
        return json;
    }
}
