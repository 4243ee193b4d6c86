package io.tradosphere.signal.trade.imports;

import io.tradosphere.platform.decimal.Decimals;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of a file.
 *
 * @param number that of the text's line on which it begins; the first is 1
 * @param decimalComma whether its numbers may have a comma before the decimals, as where fields are not separated by one
 * @param zone whose clock its times without an offset are of
 * @param broker what the broker is to be called; null for what it usually is
 */
record Line(long number, Columns columns, List<String> cells, boolean decimalComma, ZoneId zone, String broker) {

    /** Brokers set thousands apart by them, the non-breaking ones too. */
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f]+");

    private static final Pattern THOUSANDS = Pattern.compile("-?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?");

    /** The cell's text; null when it is blank or the file has no such column. */
    String text(String column) {
        return text(column, 0);
    }

    /** The same where the file has several columns of that name. */
    String text(String column, int nth) {
        int index = columns.index(column, nth);
        String text = index < 0 || index >= cells.size() ? "" : cells.get(index).strip();
        return text.isEmpty() ? null : text;
    }

    /** The cell's text in one line. */
    String required(String column) {
        String text = text(column);
        if (text == null) {
            throw new Unreadable(column + " is missing");
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new Unreadable(column + " goes over several lines");
        }
        return text;
    }

    /** The cell's number; null when it is blank. */
    BigDecimal decimal(String column) {
        return decimal(column, 0);
    }

    /** The same where the file has several columns of that name. */
    BigDecimal decimal(String column, int nth) {
        String text = text(column, nth);
        if (text == null) {
            return null;
        }
        String plain = SPACES.matcher(text).replaceAll("");
        if (decimalComma && plain.indexOf(',') >= 0) {
            plain = plain.replace(".", "").replace(',', '.');
        }
        return number(column, plain);
    }

    /** The cell's number, which must be there. */
    BigDecimal requiredDecimal(String column, int nth) {
        BigDecimal number = decimal(column, nth);
        if (number == null) {
            throw new Unreadable(column + " is missing");
        }
        return number;
    }

    /** An amount of dollars such as {@code $1,250.00}, or {@code $(20.00)} when it is negative; 0 when it is blank. */
    BigDecimal dollars(String column) {
        String text = text(column);
        if (text == null) {
            return BigDecimal.ZERO;
        }
        String plain = SPACES.matcher(text).replaceAll("").replace("$", "");
        if (plain.startsWith("(") && plain.endsWith(")")) {
            plain = "-" + plain.substring(1, plain.length() - 1);
        }
        return number(column, THOUSANDS.matcher(plain).matches() ? plain.replace(",", "") : plain);
    }

    /** The cell's time, written one of these ways, by the file's zone when it has no offset; null when it is blank. */
    Instant time(String column, int nth, DateTimeFormatter... ways) {
        String text = text(column, nth);
        if (text == null) {
            return null;
        }
        for (DateTimeFormatter way : ways) {
            try {
                TemporalAccessor time = way.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
                return time instanceof OffsetDateTime fixed
                        ? fixed.toInstant()
                        : LocalDateTime.from(time).atZone(zone).toInstant();
            } catch (DateTimeException another) {
                // The next way may be the one.
            }
        }
        throw new Unreadable(column + " is not a time as this format writes it");
    }

    /** What the broker is called: as the caller wishes, else this. */
    String brokerOr(String usual) {
        return broker == null ? usual : broker;
    }

    /** Whether nothing but its first cell is filled, as in the title of another table. */
    boolean isTitle() {
        return !cells.get(0).isBlank() && cells.stream().skip(1).allMatch(String::isBlank);
    }

    private static BigDecimal number(String column, String plain) {
        return Decimals.parse(plain).orElseThrow(() -> new Unreadable(column + " is not a number"));
    }
}
