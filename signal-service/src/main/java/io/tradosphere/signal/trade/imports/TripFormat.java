package io.tradosphere.signal.trade.imports;

import java.util.Optional;

/** A format whose lines are round trips. */
non-sealed interface TripFormat extends Format {

    /**
     * The trade of a line.
     *
     * @return empty when the line is another kind of entry
     * @throws UnreadableLineException when it is a trade and cannot be read
     */
    Optional<ReadTrade> read(Line line);
}
