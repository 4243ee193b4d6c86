package io.tradosphere.signal.trade.imports;

import java.util.Comparator;
import java.util.List;

/**
 * What became of a file.
 *
 * @param format whose format it was recognised as
 * @param accepted how many lines have become trades
 * @param skipped how many are in the journal already, or are no trades
 * @param rejected how many cannot be trades as they are
 * @param rows the lines skipped and rejected, in order
 */
record ImportReport(String format, int accepted, int skipped, int rejected, List<Refused> rows) {

    static ImportReport of(String format, int accepted, List<Refused> refused) {
        List<Refused> rows =
                refused.stream().sorted(Comparator.comparingLong(Refused::line)).toList();
        int skipped = (int) rows.stream()
                .filter(row -> row.result().equals(Refused.SKIPPED))
                .count();
        return new ImportReport(format, accepted, skipped, rows.size() - skipped, rows);
    }
}
