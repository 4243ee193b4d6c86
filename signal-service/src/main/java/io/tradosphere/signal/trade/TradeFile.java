package io.tradosphere.signal.trade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The CSV format of this platform's journals: the fields of a trade as in the API. A spreadsheet runs none of its texts
 * (<a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>).
 */
public final class TradeFile {

    /** The columns that a trade is entered from. */
    public static final List<String> ENTERED = List.of(
            "asset",
            "assetType",
            "direction",
            "entryPrice",
            "exitPrice",
            "stopLoss",
            "takeProfit",
            "size",
            "leverage",
            "fees",
            "notes",
            "tags",
            "strategy",
            "brokerName",
            "brokerTradeId",
            "openedAt",
            "closedAt",
            "brokerPnl");

    /** The columns of an exported journal. */
    public static final List<String> COLUMNS = Stream.of(
                    List.of("id"),
                    ENTERED,
                    List.of("pnl", "pnlPercentage", "netPnl", "closeReportedAt", "createdAt", "updatedAt"))
            .flatMap(List::stream)
            .toList();

    /** Characters that a cell without quotes cannot have. */
    private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

    /**
     * Where a spreadsheet would take a text for a formula: at its beginning, and where a spreadsheet of other habits would
     * begin a cell or a row. Apostrophes before it are there in the text itself, or from an export.
     */
    private static final String FORMULA = "'*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20]";

    private static final Pattern WOULD_RUN = Pattern.compile("(?:^|(?<=[;\\t\\r\\n]))(?=" + FORMULA + ")");
    private static final Pattern DISARMED = Pattern.compile("(?:^|(?<=[;\\t\\r\\n]))'(?=" + FORMULA + ")");

    private static final char ESCAPE = '\\';
    private static final char BETWEEN_TAGS = '|';

    private TradeFile() {}

    /** The tags of a cell, separated by {@code |}, without spaces around them; a backslash makes the next one part of a tag. */
    public static List<String> tags(String cell) {
        List<String> tags = new ArrayList<>();
        StringBuilder tag = new StringBuilder();
        String text = cell == null ? "" : cell;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean escapes = each == ESCAPE
                    && i + 1 < text.length()
                    && (text.charAt(i + 1) == ESCAPE || text.charAt(i + 1) == BETWEEN_TAGS);
            if (escapes) {
                tag.append(text.charAt(++i));
            } else if (each == BETWEEN_TAGS) {
                tags.add(tag.toString());
                tag.setLength(0);
            } else {
                tag.append(each);
            }
        }
        tags.add(tag.toString());
        return tags.stream().map(String::strip).filter(each -> !each.isEmpty()).toList();
    }

    /**
     * A text as its cell has it: after an apostrophe where a spreadsheet would run it as a formula.
     *
     * @param text null for none
     */
    static String disarmed(String text) {
        return text == null ? null : WOULD_RUN.matcher(text).replaceAll("'");
    }

    /**
     * The text of a cell, without the apostrophes that an export puts before what a spreadsheet would run as a formula.
     *
     * @param cell null for none
     */
    public static String text(String cell) {
        return cell == null ? null : DISARMED.matcher(cell).replaceAll("");
    }

    /** The header line. */
    static String header() {
        return String.join(",", COLUMNS) + "\r\n";
    }

    /** The line of a trade. */
    static String line(TradeView trade) {
        TradeFields fields = trade.fields();
        return Stream.of(
                        trade.id(),
                        disarmed(fields.asset()),
                        fields.assetType(),
                        fields.direction(),
                        fields.entryPrice(),
                        fields.exitPrice(),
                        fields.stopLoss(),
                        fields.takeProfit(),
                        fields.size(),
                        fields.leverage(),
                        fields.fees(),
                        disarmed(fields.notes()),
                        disarmed(cell(fields.tags())),
                        disarmed(fields.strategy()),
                        disarmed(fields.brokerName()),
                        disarmed(fields.brokerTradeId()),
                        fields.openedAt(),
                        fields.closedAt(),
                        trade.brokerPnl(),
                        trade.pnl(),
                        trade.pnlPercentage(),
                        trade.netPnl(),
                        trade.closeReportedAt(),
                        trade.createdAt(),
                        trade.updatedAt())
                .map(TradeFile::cell)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        // Not one expression for all: it would try every way to divide a long text that needs quotes.
        boolean isPlain = text.equals(text.strip()) && !SPECIAL.matcher(text).find();
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String cell(List<String> tags) {
        return tags.stream()
                .map(tag -> tag.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
    }
}
