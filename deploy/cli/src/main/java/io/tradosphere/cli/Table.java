package io.tradosphere.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A text table. Each column is as wide as its widest cell. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** @param headings the column headings */
    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row. Each argument is one cell. */
    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    /** Prints the table. Numeric columns are right-aligned. */
    public void print(PrintWriter out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                String padding = " ".repeat(widths[i] - cell.length());
                line.append(isNumeric(i) ? padding + cell : cell + padding).append(i == columns - 1 ? "" : "  ");
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream()
                        .skip(1)
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.matches("[-0-9.,]*( (s|ms|MB|kB))?"));
    }
}
