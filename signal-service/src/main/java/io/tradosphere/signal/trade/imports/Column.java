package io.tradosphere.signal.trade.imports;

import java.util.Arrays;
import java.util.List;

/**
 * A column of a format.
 *
 * @param name its name
 * @param nth which one of that name, the first being 0
 */
record Column(String name, int nth) {

    static Column of(String name) {
        return new Column(name, 0);
    }

    static List<Column> all(String... names) {
        return Arrays.stream(names).map(Column::of).toList();
    }
}
