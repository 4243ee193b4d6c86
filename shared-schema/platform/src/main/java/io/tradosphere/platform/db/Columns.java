package io.tradosphere.platform.db;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Records to array parameters, a column each, so that one statement takes any number of them. */
public final class Columns {

    private Columns() {}

    /** One value of every record, in their order. */
    public static <S, T> T[] column(
            Collection<S> records, Function<? super S, ? extends T> value, IntFunction<T[]> array) {
        return records.stream().map(value).toArray(array);
    }
}
