package io.tradosphere.signal.trade.imports;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.signal.trade.imports.Line.Reading;
import io.tradosphere.signal.trade.imports.Records.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lines of a file after its header line.
 *
 * @param format the format that the header line shows
 * @param lines the lines that are not blank
 * @param ignored the titles of columns that are not read
 */
record Sheet(Format format, List<Line> lines, List<String> ignored) {

    /**
     * A report may have a title, names and dates above its table; the header is searched for in so many lines. The
     * trades of an activity statement follow tables with a line for each asset.
     */
    private static final int HIGHEST_HEADER = 500;

    private static final int WIDEST_HEADER = 1_000;

    private static final int MOST_LINES = 10_000;

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

    private static final List<Format> FORMATS = List.of(
            new OwnFormat(),
            MetaTraderFormat.FIVE,
            MetaTraderFormat.FOUR,
            MetaTraderFormat.WEB,
            new TopstepXFormat(),
            new TradovateFormat(),
            new BybitFormat(),
            new BinancePositionsFormat(),
            InteractiveBrokers.FLEX,
            InteractiveBrokers.STATEMENT,
            FuturesPlatforms.TRADOVATE_ORDERS,
            FuturesPlatforms.TRADOVATE_FILLS,
            FuturesPlatforms.NINJATRADER,
            CryptoExchanges.BINANCE_SPOT,
            CryptoExchanges.BINANCE_FUTURES,
            KrakenTrades.FORMAT,
            BybitSpot.FORMAT,
            CryptoExchanges.COINBASE_FILLS,
            CryptoExchanges.COINBASE_TRANSACTIONS);

    /** The rows of a file; the separator is 0 in a page. */
    private record Table(char separator, List<Row> rows) {}

    /** The header line of a file. */
    private record Header(Format format, Columns columns, int index) {}

    /**
     * Reads a file whose fields are separated by commas, semicolons or tabs, or a page with tables.
     *
     * @throws Problem {@code unknown-import-format} (400), {@code body-too-large} (413)
     */
    static Sheet of(Upload upload) {
        return of(upload, FORMATS);
    }

    /**
     * Reads a file of a form that its user has described.
     *
     * @throws Problem {@code unknown-import-format} (400), {@code body-too-large} (413)
     */
    static Sheet of(Upload upload, MappedFormat mapped) {
        return of(upload, List.of(mapped));
    }

    private static Sheet of(Upload upload, List<Format> formats) {
        return tables(upload.text())
                .map(table -> header(table, formats).map(header -> sheet(upload, table, header)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> unknownFormat(formats));
    }

    private static Stream<Table> tables(String text) {
        return HtmlRows.isPage(text)
                ? Stream.of(new Table('\0', HtmlRows.of(text)))
                : SEPARATORS.stream().map(separator -> new Table(separator, Records.of(text, separator)));
    }

    private static Optional<Header> header(Table table, List<Format> formats) {
        for (int i = 0; i < Math.min(table.rows.size(), HIGHEST_HEADER); i++) {
            List<String> cells = table.rows.get(i).cells();
            if (cells.size() > WIDEST_HEADER) {
                continue;
            }
            Columns columns = Columns.of(cells);
            for (Format format : formats) {
                Optional<Columns> recognised = format.recognised(columns);
                if (recognised.isPresent()) {
                    return Optional.of(new Header(format, recognised.get(), i));
                }
            }
        }
        return Optional.empty();
    }

    private static Sheet sheet(Upload upload, Table table, Header header) {
        Format format = header.format;
        List<Row> rows = rows(table, header);
        Reading reading = new Reading(
                Numbers.of(rows, indexes(header, format.numbers()), table.separator, format.decimalMark()),
                Dates.of(rows, indexes(header, format.times()), format.usualDates()),
                upload.timeZone(),
                upload.broker());
        Map<String, String> constants = format.constants();
        return new Sheet(
                format,
                rows.stream()
                        .map(row -> new Line(row, header.columns, reading, constants))
                        .toList(),
                format.ignored(header.columns));
    }

    private static List<Row> rows(Table table, Header header) {
        List<Row> rows = new ArrayList<>();
        for (Row row : table.rows.subList(header.index + 1, table.rows.size())) {
            if (header.format.endsBefore(new Line(row, header.columns, null, Map.of()))) {
                break;
            }
            if (row.cells().stream().allMatch(String::isBlank)) {
                continue;
            }
            if (rows.size() == MOST_LINES) {
                throw ProblemKind.BODY_TOO_LARGE.because(
                        "The file has more than " + MOST_LINES + " lines after its header; send it in parts.");
            }
            rows.add(row);
        }
        return rows;
    }

    private static Set<Integer> indexes(Header header, List<Column> columns) {
        return columns.stream()
                .map(header.columns::index)
                .filter(index -> index >= 0)
                .collect(Collectors.toSet());
    }

    private static Problem unknownFormat(List<Format> formats) {
        return ProblemKind.UNKNOWN_IMPORT_FORMAT.because("No line has the columns of a format that is read: "
                + formats.stream()
                        .map(format -> format.title() + " (" + String.join(",", format.header()) + ")")
                        .collect(Collectors.joining("; "))
                + ".");
    }
}
