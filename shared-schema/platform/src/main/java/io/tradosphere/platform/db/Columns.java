package io.tradosphere.platform.db;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Maps records to array parameters, one array a column. One statement then takes any number of records. */
public final class Columns {

    private Columns() {}

    /** One value of every record, in the order of the records. */
    public static <S, T> T[] column(
            Collection<S> records, Function<? super S, ? extends T> value, IntFunction<T[]> array) {
        return records.stream().map(value).toArray(array);
    }
}
