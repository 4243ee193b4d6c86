package io.tradosphere.cli.db;

import io.tradosphere.stack.Slice;
import java.util.Iterator;
import java.util.stream.Stream;

/** The names of the slices, for the help of the commands. */
final class SliceNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Stream.of(Slice.values()).map(Slice::schema).iterator();
    }
}
