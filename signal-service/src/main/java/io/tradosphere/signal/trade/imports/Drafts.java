package io.tradosphere.signal.trade.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import io.tradosphere.signal.trade.Entries.Entry;
import io.tradosphere.signal.trade.TradeFields;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The trades of a file, each valid by itself and none of them twice, and the lines that are none.
 *
 * @param format whose format the file is of
 */
record Drafts(String format, List<Draft> trades, List<Refused> refused) {

    /** A trade and the line it stood on. */
    record Draft(long line, Entry entry) {}

    /** Reads every line of a file. */
    static Drafts of(Sheet sheet, Validator validator) {
        Drafts drafts = new Drafts(sheet.format().title(), new ArrayList<>(), new ArrayList<>());
        Map<List<String>, Long> known = new HashMap<>();
        for (Line line : sheet.lines()) {
            try {
                Optional<TradeFields> fields = sheet.format().read(line);
                fields.ifPresent(trade -> requireValid(trade, validator));
                drafts.take(line.number(), fields, known);
            } catch (Unreadable unreadable) {
                drafts.refused.add(Refused.rejected(line.number(), unreadable.getMessage()));
            }
        }
        return drafts;
    }

    private void take(long line, Optional<TradeFields> fields, Map<List<String>, Long> known) {
        if (fields.isEmpty()) {
            refused.add(Refused.skipped(line, "is not a closed trade"));
            return;
        }
        TradeFields trade = fields.get();
        Long before = trade.brokerName() == null || trade.brokerTradeId() == null
                ? null
                : known.putIfAbsent(List.of(trade.brokerName().toLowerCase(Locale.ROOT), trade.brokerTradeId()), line);
        if (before == null) {
            trades.add(new Draft(line, new Entry(UuidCreator.getTimeOrderedEpoch(), trade)));
        } else {
            refused.add(Refused.skipped(line, "is the trade of line " + before + " again"));
        }
    }

    private static void requireValid(TradeFields trade, Validator validator) {
        String reasons =
                validator.validate(trade).stream().map(Drafts::reason).sorted().collect(Collectors.joining("; "));
        if (!reasons.isEmpty()) {
            throw new Unreadable(reasons);
        }
    }

    private static String reason(ConstraintViolation<TradeFields> violation) {
        return violation.getPropertyPath() + " " + violation.getMessage();
    }
}
