package io.tradosphere.signal.trade.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tradosphere.platform.http.Problem;
import io.tradosphere.platform.http.ProblemKind;
import io.tradosphere.platform.http.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The lines of a file after the header line by which its format was recognised.
 *
 * @param format whose format it is
 */
record Sheet(Format format, List<Line> lines) {

    static final ProblemKind UNKNOWN_FORMAT =
            new ProblemKind("unknown-import-format", 400, "The file is of no format that is read here");

    /** A report may have a title, names and dates above its table. */
    private static final int HIGHEST_HEADER = 20;

    private static final int MOST_LINES = 10_000;

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

    /**
     * Reads a file, whichever of comma, semicolon and tab separates its fields.
     *
     * @throws Problem {@code unknown-import-format} (400), {@code malformed-body} (400), {@code body-too-large} (413)
     */
    static Sheet of(Upload upload) {
        requireClosedQuotes(upload.text());
        try {
            return SEPARATORS.stream()
                    .map(separator -> recognised(upload, separator))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .orElseThrow(Sheet::unknownFormat);
        } catch (CsvParseException unreadable) {
            throw Problems.MALFORMED_BODY.because("The file cannot be read as CSV.");
        }
    }

    private static Optional<Sheet> recognised(Upload upload, char separator) {
        List<CsvRecord> above =
                records(upload, separator).stream().limit(HIGHEST_HEADER).toList();
        for (CsvRecord record : above) {
            Columns columns = Columns.of(record.getFields());
            for (Format format : Format.ALL) {
                if (format.hasColumns(columns)) {
                    return Optional.of(new Sheet(
                            format, lines(upload, separator, format, columns, record.getStartingLineNumber())));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Line> lines(Upload upload, char separator, Format format, Columns columns, long header) {
        List<Line> lines = new ArrayList<>();
        for (CsvRecord record : records(upload, separator)) {
            if (record.getStartingLineNumber() <= header) {
                continue;
            }
            Line line = new Line(
                    record.getStartingLineNumber(),
                    columns,
                    record.getFields(),
                    separator != ',',
                    upload.timeZone(),
                    upload.broker());
            if (format.endsBefore(line)) {
                break;
            }
            if (line.cells().stream().allMatch(String::isBlank)) {
                continue;
            }
            if (lines.size() == MOST_LINES) {
                throw Problems.BODY_TOO_LARGE.because(
                        "The file has more than " + MOST_LINES + " trades; send it in parts.");
            }
            lines.add(line);
        }
        return lines;
    }

    private static CsvReader<CsvRecord> records(Upload upload, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(upload.text());
    }

    /** A quote that is not closed would swallow the rest of the file in silence. */
    private static void requireClosedQuotes(String text) {
        if (text.chars().filter(character -> character == '"').count() % 2 != 0) {
            throw Problems.MALFORMED_BODY.because("A quote is not closed.");
        }
    }

    private static Problem unknownFormat() {
        return UNKNOWN_FORMAT.because("No line has the columns of a format that is read: "
                + Format.ALL.stream()
                        .map(format -> format.title() + " (" + String.join(",", format.header()) + ")")
                        .collect(Collectors.joining("; "))
                + ".");
    }
}
