package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.TradeFields;
import java.util.List;
import java.util.Optional;

/** A way of writing trades into a file. */
interface Format {

    /** Those that are read. */
    List<Format> ALL = List.of(
            new OwnFormat(), MetaTraderFormat.FIVE, MetaTraderFormat.FOUR, new TopstepXFormat(), new TradovateFormat());

    /** Whose it is, as people call it. */
    String title();

    /** The header line, as far as it matters. */
    List<String> header();

    /** Whether a file with these columns is of this format. */
    boolean hasColumns(Columns columns);

    /** Whether the line begins something else, so that the rest of the file is no trades. */
    default boolean endsBefore(Line line) {
        return false;
    }

    /**
     * The trade of a line.
     *
     * @return empty when the line is something else that such files hold
     * @throws Unreadable when it is a trade and cannot be read
     */
    Optional<TradeFields> read(Line line);
}
