package io.tradosphere.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The report of a run. */
public final class Report {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int COLUMNS = 5;

    private final List<CaseReport> cases = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final JsonObject run = new JsonObject();

    /** Adds a case. */
    public void add(CaseReport report) {
        cases.add(report);
    }

    /** Adds a line below the table. */
    public void note(String line) {
        notes.add(line);
    }

    /** Adds a property of the run to the JSON. */
    public void property(String name, Object value) {
        run.put(name, value);
    }

    /** Prints the table and the notes. */
    public void print(PrintWriter out) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"", "ours", "theirs", "ratio", "target"});
        for (CaseReport report : cases) {
            for (CaseReport.Line line : report.lines()) {
                rows.add(new String[] {
                    line.title(),
                    NumberFormats.shown(line.ours()),
                    NumberFormats.shown(line.theirs()),
                    NumberFormats.shown(line.ratio()),
                    line.met() == null ? line.target() : line.target() + (line.met() ? "  met" : "  MISSED")
                });
            }
        }
        int[] widths = new int[COLUMNS];
        for (String[] row : rows) {
            for (int i = 0; i < COLUMNS; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        out.println();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < COLUMNS; i++) {
                String padding = " ".repeat(widths[i] - row[i].length());
                boolean text = i == 0 || i == COLUMNS - 1;
                line.append(text ? row[i] + padding : padding + row[i]).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
        out.println();
        notes.forEach(out::println);
        out.flush();
    }

    /** Writes {@code bench-<date>.json} into that folder. */
    public Path write(Path folder, Instant when) throws IOException {
        JsonArray all = new JsonArray();
        cases.forEach(report -> all.add(report.json()));
        JsonObject json = run.copy()
                .put("at", when.toString())
                .put("machine", Machine.describe())
                .put("notes", new JsonArray(new ArrayList<>(notes)))
                .put("cases", all);
        return Files.writeString(folder.resolve("bench-" + DATE.format(when) + ".json"), json.encodePrettily() + "\n");
    }
}
