package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.imports.Records.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The rows of the tables of an HTML page, as MetaTrader saves its statements and reports. */
final class HtmlRows {

    private static final int BEGINNING = 100;
    private static final int MOST_COLUMNS = 99;

    private HtmlRows() {}

    /** Whether a text is an HTML page. */
    static boolean isPage(String text) {
        String begin =
                text.substring(0, Math.min(text.length(), BEGINNING)).strip().toLowerCase(Locale.ROOT);
        return begin.startsWith("<!doctype html") || begin.startsWith("<html") || begin.startsWith("<table");
    }

    /** The rows, counted from 1; a cell over several columns is followed by blank ones, and hidden cells are left out. */
    static List<Row> of(String page) {
        List<Row> rows = new ArrayList<>();
        for (Element row : Jsoup.parse(page).getElementsByTag("tr")) {
            rows.add(new Row(rows.size() + 1L, cells(row)));
        }
        return rows;
    }

    private static List<String> cells(Element row) {
        List<String> cells = new ArrayList<>();
        for (Element cell : row.children()) {
            boolean isCell = cell.nameIs("td") || cell.nameIs("th");
            if (!isCell || cell.hasAttr("hidden") || cell.hasClass("hidden")) {
                continue;
            }
            cells.add(cell.text().replace('\u00a0', ' ').strip());
            for (int i = 1; i < columns(cell); i++) {
                cells.add("");
            }
        }
        return cells.isEmpty() ? List.of("") : cells;
    }

    private static int columns(Element cell) {
        String span = cell.attr("colspan");
        return span.matches("[0-9]{1,2}") ? Math.min(Integer.parseInt(span), MOST_COLUMNS) : 1;
    }
}
