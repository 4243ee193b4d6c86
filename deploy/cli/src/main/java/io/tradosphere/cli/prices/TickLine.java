package io.tradosphere.cli.prices;

import io.tradosphere.contracts.market.PriceTicked;
import io.tradosphere.stack.StackException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** A parser of the lines in a tick file. */
final class TickLine {

    private TickLine() {}

    /** Whether the line is a heading. */
    static boolean isHeading(String line) {
        String[] cells = line.split(",", -1);
        return cells.length >= 2 && !cells[1].strip().matches("[0-9.]+");
    }

    /**
     * Parses {@code symbol,price[,instant]}. A missing instant means the current time.
     *
     * @throws StackException when the line has another form; the message has the line number
     */
    static PriceTicked parse(String line, int number) {
        String[] cells = line.split(",", -1);
        if (cells.length < 2 || cells.length > 3 || cells[0].isBlank()) {
            throw new StackException("Line " + number + " is not symbol,price or symbol,price,instant: " + line);
        }
        try {
            BigDecimal price = new BigDecimal(cells[1].strip());
            if (price.signum() <= 0) {
                throw new StackException("Line " + number + " has a price that is not above zero: " + line);
            }
            Instant at = cells.length == 3 ? Instant.parse(cells[2].strip()) : Instant.now();
            return new PriceTicked(cells[0].strip().toUpperCase(Locale.ROOT), price, at);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new StackException("Line " + number + " is not symbol,price or symbol,price,instant: " + line, e);
        }
    }
}
