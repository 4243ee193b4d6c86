package io.tradosphere.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A case's figures: medians of its rounds, compared and held against what was set as a target. */
public final class CaseReport {

    /** Which way a figure is good. */
    public enum Better {
        /** Ours is so many times theirs. */
        HIGHER,
        /** Theirs is so many times ours. */
        LOWER,
        /** Nothing but zero will do. */
        ZERO
    }

    private static final String OURS = "ours";
    private static final String TRIGGER = "trigger";

    private final String name;
    private final Rounds rounds;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param name the case's name
     * @param rounds what was read
     */
    public CaseReport(String name, Rounds rounds) {
        this.name = name;
        this.rounds = rounds;
    }

    /** Our figure beside the trigger's; the target is the least ratio between them, 0 for none. */
    public void compare(String title, String figure, Better better, double target) {
        if (better == Better.ZERO) {
            none(title, figure, List.of(OURS), TRIGGER);
            return;
        }
        compare(title, OURS, figure, TRIGGER, better, target);
    }

    /** One side's figure beside another's; the target is the least ratio between them, 0 for none. */
    public void compare(String title, String side, String figure, String otherSide, Better better, double target) {
        double mine = rounds.median(side, figure);
        double theirs = otherSide == null ? Double.NaN : rounds.median(otherSide, figure);
        double ratio = better == Better.HIGHER ? mine / theirs : theirs / mine;
        String wanted = target == 0 ? "" : "ratio ≥ " + Figures.shown(target);
        lines.add(new Line(title, mine, theirs, ratio, wanted, target == 0 ? null : ratio >= target));
    }

    /** One side's figure beside another's, of which it may be so many times as much at most; NaN for no target. */
    public void within(String title, String side, String figure, String otherSide, double most) {
        double mine = rounds.median(side, figure);
        double theirs = rounds.median(otherSide, figure);
        double ratio = mine / theirs;
        boolean wanted = !Double.isNaN(most);
        lines.add(new Line(
                title,
                mine,
                theirs,
                ratio,
                wanted ? "ratio ≤ " + Figures.shown(most) : "",
                wanted ? ratio <= most : null));
    }

    /** What must be zero in every round of ours, beside the other side's. */
    public void none(String title, String figure, List<String> ours, String otherSide) {
        double mine =
                ours.stream().mapToDouble(side -> rounds.sum(side, figure)).sum();
        lines.add(new Line(title, mine, rounds.sum(otherSide, figure), Double.NaN, "0", mine == 0));
    }

    /** Our figure alone; the target is the most it may be, NaN for none. */
    public void below(String title, String figure, double target) {
        below(title, OURS, figure, target);
    }

    /** One side's figure alone; the target is the most it may be, NaN for none. */
    public void below(String title, String side, String figure, double target) {
        double mine = rounds.median(side, figure);
        boolean wanted = !Double.isNaN(target);
        lines.add(new Line(
                title,
                mine,
                Double.NaN,
                Double.NaN,
                wanted ? "≤ " + Figures.shown(target) : "",
                wanted ? mine <= target : null));
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
     * @param title what it is of
     * @param ours our figure
     * @param theirs whom it is compared with; NaN for nobody
     * @param ratio how many times better ours is, or where the target is a most, how many times as much; NaN when not compared
     * @param target what was wanted, in words
     * @param met whether it was reached; null when nothing was wanted
     */
    record Line(String title, double ours, double theirs, double ratio, String target, Boolean met) {
        JsonObject json() {
            return new JsonObject()
                    .put("figure", title)
                    .put("ours", Figures.rounded(ours))
                    .put("theirs", Figures.rounded(theirs))
                    .put("ratio", Figures.rounded(ratio))
                    .put("target", target)
                    .put("met", met);
        }
    }
}
