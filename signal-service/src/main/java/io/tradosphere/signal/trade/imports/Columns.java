package io.tradosphere.signal.trade.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The columns of a file by their names, whatever their case and the spaces in them; a name may stand more than once. */
final class Columns {

    private final List<String> names;

    private Columns(List<String> names) {
        this.names = names;
    }

    /** Those of a header line; empty columns at its end are none. */
    static Columns of(List<String> header) {
        List<String> names = new ArrayList<>();
        header.forEach(name -> names.add(plain(name)));
        while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        return new Columns(names);
    }

    /** Whether it begins with these columns, in this order. */
    boolean beginWith(List<String> expected) {
        return names.size() >= expected.size()
                && names.subList(0, expected.size())
                        .equals(expected.stream().map(Columns::plain).toList());
    }

    /** Whether it has all of these, in whatever order. */
    boolean have(List<String> expected) {
        return names.containsAll(expected.stream().map(Columns::plain).toList());
    }

    /** Whether it has none but these, and none of them twice. */
    boolean areAmong(List<String> known) {
        return known.stream().map(Columns::plain).toList().containsAll(names)
                && names.stream().distinct().count() == names.size();
    }

    /** Where the column of that name stands, the first one being the 0th; -1 when there is none. */
    int index(String name, int nth) {
        String plain = plain(name);
        int left = nth;
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(plain) && left-- == 0) {
                return i;
            }
        }
        return -1;
    }

    private static String plain(String name) {
        return name.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }
}
