package io.tradosphere.signal.trade.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A parser of separated values that a stray quote does not mislead. RFC 4180, and: a quote that no other one closes, or
 * that would swallow whole lines of the table, is a character like any other.
 */
final class Records {

    /** A record: the number of its first text line, the first being 1, and its cells. */
    record Row(long line, List<String> cells) {}

    private static final char QUOTE = '"';

    private final String text;
    private final char separator;
    private int at;
    private int recordStart;
    private long line = 1;

    /** The cells of the longest record so far. A line inside quotes with so many is a record of its own. */
    private int width;

    private Records(String text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /** All records of a text, blank ones as well. */
    static List<Row> of(String text, char separator) {
        return new Records(text, separator).all();
    }

    private List<Row> all() {
        List<Row> rows = new ArrayList<>();
        while (at < text.length()) {
            long first = line;
            recordStart = at;
            List<String> cells = record();
            width = Math.max(width, cells.size());
            rows.add(new Row(first, cells));
        }
        return rows;
    }

    private List<String> record() {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(cell());
            if (at >= text.length()) {
                return cells;
            }
            char end = text.charAt(at++);
            if (end != separator) {
                if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                line++;
                return cells;
            }
        }
    }

    private String cell() {
        int close = at < text.length() && text.charAt(at) == QUOTE ? closing(at + 1) : -1;
        int start = at;
        if (close < 0) {
            at = end(start);
            return text.substring(start, at);
        }
        String quoted = text.substring(start + 1, close);
        line += breaks(quoted);
        at = end(close + 1);
        return quoted.replace("\"\"", "\"") + text.substring(close + 1, at);
    }

    /** The index of the quote that closes a cell; -1 when none does. */
    private int closing(int from) {
        int quote = text.indexOf(QUOTE, from);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == QUOTE) {
            quote = text.indexOf(QUOTE, quote + 2);
        }
        if (quote < 0) {
            return -1;
        }
        boolean ends = quote + 1 == text.length() || isEnd(text.charAt(quote + 1));
        String inside = text.substring(from, quote);
        // Something after the closing quote is tolerated within a line, but not when lines were swallowed.
        return breaks(inside) == 0 || ends && !swallowsRecords(quote) ? quote : -1;
    }

    /** Whether each text line up to that of the closing quote would be a record of its own. */
    private boolean swallowsRecords(int quote) {
        int end = quote;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return width > 1
                && Arrays.stream(text.substring(recordStart, end).split("\\R", -1))
                        .allMatch(each -> each.chars()
                                        .filter(character -> character == separator)
                                        .count()
                                == width - 1);
    }

    private int end(int from) {
        int end = from;
        while (end < text.length() && !isEnd(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean isEnd(char character) {
        return character == separator || character == '\n' || character == '\r';
    }

    private static long breaks(String text) {
        long breaks = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\n' || each == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                breaks++;
            }
        }
        return breaks;
    }
}
