package io.tradosphere.signal.trade.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of a file by name, ignoring case and spaces; a name may occur more than once. Not thread-safe. */
final class Columns {

    private final List<String> titles;
    private final List<String> names;

    /** Found before, since every cell of a file is found by its column. */
    private final Map<Column, Integer> found = new HashMap<>();

    private Columns(List<String> titles, List<String> names) {
        this.titles = titles;
        this.names = names;
    }

    /** The columns of a header line, without empty ones at its end. */
    static Columns of(List<String> header) {
        List<String> titles = new ArrayList<>(header.stream().map(String::strip).toList());
        while (!titles.isEmpty() && titles.get(titles.size() - 1).isEmpty()) {
            titles.remove(titles.size() - 1);
        }
        return new Columns(titles, titles.stream().map(Columns::plain).toList());
    }

    /** The same columns, those in other words by the word that a format knows. */
    Columns translated(Map<String, String> words) {
        return new Columns(
                titles,
                names.stream().map(name -> words.getOrDefault(name, name)).toList());
    }

    /** Whether it has these columns in this order, perhaps others between them. */
    boolean haveInOrder(List<String> expected) {
        int next = 0;
        for (String name : names) {
            if (next < expected.size() && name.equals(plain(expected.get(next)))) {
                next++;
            }
        }
        return next == expected.size();
    }

    /** Whether it has all of these, in any order. */
    boolean have(List<String> expected) {
        return names.containsAll(expected.stream().map(Columns::plain).toList());
    }

    /** Whether it has each of these at most once. */
    boolean haveOnce(List<String> expected) {
        return expected.stream().map(Columns::plain).allMatch(name -> names.indexOf(name) == names.lastIndexOf(name));
    }

    /** The titles of the columns that are not among these. */
    List<String> others(List<String> known) {
        List<String> plain = known.stream().map(Columns::plain).toList();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!plain.contains(names.get(i)) && !titles.get(i).isEmpty()) {
                others.add(titles.get(i));
            }
        }
        return others;
    }

    /** The number of columns. */
    int count() {
        return titles.size();
    }

    /** The index of a column, starting at 0; -1 when there is none. */
    int index(Column column) {
        return found.computeIfAbsent(column, this::search);
    }

    private int search(Column column) {
        String plain = plain(column.name());
        int left = column.nth();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(plain) && left-- == 0) {
                return i;
            }
        }
        return -1;
    }

    /** A name without case, spaces and a byte order mark. */
    static String plain(String name) {
        return name.replaceAll("[\\s\\u00a0\\ufeff]", "").toLowerCase(Locale.ROOT);
    }
}
