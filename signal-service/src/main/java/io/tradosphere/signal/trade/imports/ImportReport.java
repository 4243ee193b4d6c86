package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.Nullable;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * The result of an import.
 *
 * @param importId the id by which the import can be taken back; null when it entered no trade
 * @param format the title of the recognised format
 * @param accepted the number of trades entered, or of those that would be
 * @param skipped the number of lines already in the journal, or without a trade
 * @param rejected the number of lines that are not valid trades
 * @param rows the skipped and rejected lines, and the accepted ones with something uncertain, in order
 * @param ignoredColumns the titles of columns that the format does not know, which were not read
 * @param trades the trades as they were understood; null unless nothing was to be entered
 */
record ImportReport(
        @Nullable UUID importId,
        String format,
        int accepted,
        int skipped,
        int rejected,
        List<LineResult> rows,
        List<String> ignoredColumns,
        @Nullable List<UnderstoodTrade> trades) {

    static ImportReport of(UUID importId, TradeDrafts drafts, int accepted, List<LineResult> results) {
        List<LineResult> rows = results.stream()
                .sorted(Comparator.comparingLong(LineResult::line))
                .toList();
        return new ImportReport(
                accepted == 0 ? null : importId,
                drafts.format(),
                accepted,
                count(rows, LineResult.SKIPPED),
                count(rows, LineResult.REJECTED),
                rows,
                drafts.ignored(),
                null);
    }

    /** The same result of an import that entered nothing. */
    ImportReport preview(List<UnderstoodTrade> understood) {
        return new ImportReport(null, format, accepted, skipped, rejected, rows, ignoredColumns, understood);
    }

    private static int count(List<LineResult> rows, String result) {
        return (int) rows.stream().filter(row -> row.result().equals(result)).count();
    }
}
