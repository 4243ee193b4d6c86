package io.tradosphere.signal.trade.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tradosphere.signal.trade.Entries.Entry;
import io.tradosphere.signal.trade.TradeFields;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The trades of a file, each valid and none twice, and the lines that are not.
 *
 * @param format the title of the file's format
 * @param ignored the titles of columns that were not read
 * @param trades the trades, in the order of the file
 * @param results the lines that were skipped or rejected
 */
record TradeDrafts(String format, List<String> ignored, List<Draft> trades, List<LineResult> results) {

    private static final BigDecimal LIMIT = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MOST_DECIMALS = 8;

    /**
     * A trade.
     *
     * @param line the number of its line
     * @param exportedId the id that it had in the journal that it was exported from; null when it was not
     * @param notices what was not certain about it
     */
    record Draft(long line, String exportedId, Entry entry, List<String> notices) {

        /** The same with other fields. */
        Draft with(Entry changed) {
            return new Draft(line, exportedId, changed, notices);
        }
    }

    /** Reads every line of a file. */
    static TradeDrafts of(Sheet sheet, Validator validator) {
        TradeDrafts drafts =
                new TradeDrafts(sheet.format().title(), sheet.ignored(), new ArrayList<>(), new ArrayList<>());
        Map<List<String>, Long> known = new HashMap<>();
        if (sheet.format() instanceof TripFormat trips) {
            for (LineReading reading : LineReading.all(trips, sheet.lines())) {
                Line line = reading.line();
                drafts.add(line.number(), reading::trade, line.notices(), known, validator);
            }
        } else if (sheet.format() instanceof ExecutionFormat executions) {
            RoundTrips matched = RoundTrips.of(executions, sheet.lines());
            matched.trips()
                    .forEach(trip ->
                            drafts.add(trip.line(), () -> trip.trade(executions), trip.notices(), known, validator));
            drafts.results.addAll(matched.results());
        }
        return drafts;
    }

    private void add(
            long line,
            Supplier<ReadTrade> reading,
            List<String> notices,
            Map<List<String>, Long> known,
            Validator validator) {
        try {
            ReadTrade trade = reading.get();
            if (trade == null) {
                results.add(LineResult.skipped(line, "is not a closed trade"));
            } else {
                requireValid(trade, validator);
                take(line, trade, notices, known);
            }
        } catch (UnreadableLineException unreadable) {
            results.add(LineResult.rejected(line, unreadable.getMessage()));
        }
    }

    private void take(long line, ReadTrade read, List<String> notices, Map<List<String>, Long> known) {
        TradeFields trade = read.fields();
        Long before = trade.brokerName() == null || trade.brokerTradeId() == null
                ? null
                : known.putIfAbsent(List.of(trade.brokerName().toLowerCase(Locale.ROOT), trade.brokerTradeId()), line);
        if (before == null) {
            Entry entry = new Entry(UuidCreator.getTimeOrderedEpoch(), trade, read.brokerPnl());
            trades.add(new Draft(line, read.exportedId(), entry, List.copyOf(notices)));
        } else {
            results.add(LineResult.skipped(line, "is the trade of line " + before + " again"));
        }
    }

    private static void requireValid(ReadTrade trade, Validator validator) {
        String reasons = validator.validate(trade.fields()).stream()
                .map(TradeDrafts::reason)
                .sorted()
                .collect(Collectors.joining("; "));
        if (!reasons.isEmpty()) {
            throw new UnreadableLineException(reasons);
        }
        BigDecimal pnl = trade.brokerPnl();
        if (pnl != null && (pnl.abs().compareTo(LIMIT) >= 0 || pnl.scale() > MOST_DECIMALS)) {
            throw new UnreadableLineException("the profit is between -1000000000000 and 1000000000000, with at most "
                    + MOST_DECIMALS + " decimals");
        }
    }

    private static String reason(ConstraintViolation<TradeFields> violation) {
        return violation.getPropertyPath() + " " + violation.getMessage();
    }
}
