package io.tradosphere.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that was read, round by round and side by side. */
public final class Rounds {

    private final List<Map<String, Reading>> rounds = new ArrayList<>();

    /** Adds a round: a reading a side. */
    public void add(Map<String, Reading> sides) {
        rounds.add(new LinkedHashMap<>(sides));
    }

    /** The median over the rounds; of an even number of them the mean of the two in the middle. */
    double median(String side, String figure) {
        double[] sorted = rounds.stream()
                .filter(round -> round.containsKey(side))
                .mapToDouble(round -> round.get(side).get(figure))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The sum over the rounds, for what must be zero in each. */
    double sum(String side, String figure) {
        return rounds.stream()
                .filter(round -> round.containsKey(side))
                .mapToDouble(round -> round.get(side).get(figure))
                .filter(Double::isFinite)
                .sum();
    }

    JsonArray json() {
        JsonArray json = new JsonArray();
        for (Map<String, Reading> round : rounds) {
            JsonObject sides = new JsonObject();
            round.forEach((side, reading) -> sides.put(side, reading.json()));
            json.add(sides);
        }
        return json;
    }
}
