package io.tradosphere.platform.reconciliation;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The difference between a stored and a correct state in words. */
public final class Differences {

    private Differences() {}

    /**
     * Describes it.
     *
     * @param actual the stored state, a JSON object; null when there is none
     * @param expected the correct state; null when there is none
     */
    public static String describe(String actual, String expected) {
        if (actual == null) {
            return "is not known, should be";
        }
        if (expected == null) {
            return "is known, should not be";
        }
        JsonObject is = new JsonObject(actual);
        JsonObject should = new JsonObject(expected);
        List<String> differences = new ArrayList<>();
        TreeSet<String> columns = new TreeSet<>(is.fieldNames());
        columns.addAll(should.fieldNames());
        for (String column : columns) {
            Object stored = is.getValue(column);
            Object correct = should.getValue(column);
            if (Objects.equals(stored, correct)) {
                continue;
            }
            if (stored instanceof JsonObject known && correct instanceof JsonObject all) {
                count(differences, "missing " + column, known, all);
                count(differences, "surplus " + column, all, known);
            } else {
                differences.add(column + " is " + stored + ", should be " + correct);
            }
        }
        return String.join("; ", differences);
    }

    /** Adds how many entries of one are not in the other. */
    private static void count(List<String> differences, String what, JsonObject in, JsonObject of) {
        long absent = of.stream()
                .filter(entry -> !entry.getValue().equals(in.getValue(entry.getKey())))
                .count();
        if (absent > 0) {
            differences.add(what + " is " + absent + ", should be 0");
        }
    }
}
