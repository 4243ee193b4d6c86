package io.tradosphere.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The results of a case: medians over its rounds, compared with each other and with targets. */
public final class CaseReport {

    /** The direction in which a metric is better. */
    public enum Better {
        /** Higher is better; the ratio is ours to theirs. */
        HIGHER,
        /** Lower is better; the ratio is theirs to ours. */
        LOWER,
        /** The metric must be zero. */
        ZERO
    }

    private static final String OURS = "ours";
    private static final String TRIGGER = "trigger";

    private final String name;
    private final Rounds rounds;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param name the case's name
     * @param rounds the measurements
     */
    public CaseReport(String name, Rounds rounds) {
        this.name = name;
        this.rounds = rounds;
    }

    /** Compares our metric with the trigger design's; the target is the minimum ratio, 0 for none. */
    public void compare(String title, String metric, Better better, double target) {
        if (better == Better.ZERO) {
            mustBeZero(title, metric, List.of(OURS), TRIGGER);
            return;
        }
        compare(title, OURS, metric, TRIGGER, better, target);
    }

    /** Compares two variants; the target is the minimum ratio, 0 for none. */
    public void compare(String title, String variant, String metric, String other, Better better, double target) {
        double ours = rounds.median(variant, metric);
        double theirs = other == null ? Double.NaN : rounds.median(other, metric);
        double ratio = better == Better.HIGHER ? ours / theirs : theirs / ours;
        String wanted = target == 0 ? "" : "ratio ≥ " + NumberFormats.shown(target);
        lines.add(new Line(title, ours, theirs, ratio, wanted, target == 0 ? null : ratio >= target));
    }

    /** Compares two variants; the ratio must not exceed the maximum, NaN for none. */
    public void ratioAtMost(String title, String variant, String metric, String other, double most) {
        double ours = rounds.median(variant, metric);
        double theirs = rounds.median(other, metric);
        double ratio = ours / theirs;
        boolean wanted = !Double.isNaN(most);
        lines.add(new Line(
                title,
                ours,
                theirs,
                ratio,
                wanted ? "ratio ≤ " + NumberFormats.shown(most) : "",
                wanted ? ratio <= most : null));
    }

    /** Requires that our metric is zero in every round, and shows the other variant's. */
    public void mustBeZero(String title, String metric, List<String> ours, String other) {
        double sum = ours.stream()
                .mapToDouble(variant -> rounds.sum(variant, metric))
                .sum();
        lines.add(new Line(title, sum, rounds.sum(other, metric), Double.NaN, "0", sum == 0));
    }

    /** Our metric alone; the target is the maximum, NaN for none. */
    public void atMost(String title, String metric, double target) {
        atMost(title, OURS, metric, target);
    }

    /** One variant's metric alone; the target is the maximum, NaN for none. */
    public void atMost(String title, String variant, String metric, double target) {
        double ours = rounds.median(variant, metric);
        boolean wanted = !Double.isNaN(target);
        lines.add(new Line(
                title,
                ours,
                Double.NaN,
                Double.NaN,
                wanted ? "≤ " + NumberFormats.shown(target) : "",
                wanted ? ours <= target : null));
    }

    List<Line> lines() {
        return lines;
    }

    JsonObject json() {
        JsonArray medians = new JsonArray();
        lines.forEach(line -> medians.add(line.json()));
        return new JsonObject().put("case", name).put("medians", medians).put("rounds", rounds.json());
    }

    /**
     * A line of the table.
     *
     * @param title the line's title
     * @param ours our value
     * @param theirs the compared value; NaN for none
     * @param ratio how many times better ours is, or how many times as high with a maximum; NaN when not compared
     * @param target the target as text
     * @param met whether the target is met; null without a target
     */
    record Line(String title, double ours, double theirs, double ratio, String target, Boolean met) {
        JsonObject json() {
            return new JsonObject()
                    .put("figure", title)
                    .put("ours", NumberFormats.rounded(ours))
                    .put("theirs", NumberFormats.rounded(theirs))
                    .put("ratio", NumberFormats.rounded(ratio))
                    .put("target", target)
                    .put("met", met);
        }
    }
}
