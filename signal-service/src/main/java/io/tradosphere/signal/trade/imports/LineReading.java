package io.tradosphere.signal.trade.imports;

import io.tradosphere.signal.trade.imports.Knowledge.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * The reading of a line. A number with two readings is read as its column shows, or else the file. That reading, or the
 * lack of one, is checked against what the clear lines say of the same asset.
 */
final class LineReading {

    private final Line line;
    private final ReadTrade trade;
    private final UnreadableLineException failure;

    private LineReading(Line line, ReadTrade trade, UnreadableLineException failure) {
        this.line = line;
        this.trade = trade;
        this.failure = failure;
    }

    /** The readings of all lines of a file, in order. */
    static List<LineReading> all(TripFormat format, List<Line> lines) {
        Knowledge knowledge = new Knowledge(format.usualWorth());
        List<LineReading> first = new ArrayList<>();
        for (Line line : lines) {
            LineReading reading = read(format, line);
            if (line.unclear() == null && reading.trade != null) {
                knowledge.add(reading.trade);
            }
            first.add(reading);
        }
        return first.stream()
                .map(reading -> reading.line.unclear() == null ? reading : reading.checked(format, knowledge))
                .toList();
    }

    Line line() {
        return line;
    }

    /**
     * The trade; null when the line is another kind of entry.
     *
     * @throws UnreadableLineException when the line cannot be read
     */
    ReadTrade trade() {
        if (failure != null) {
            throw failure;
        }
        return trade;
    }

    private static LineReading read(TripFormat format, Line line) {
        try {
            ReadTrade trade = format.read(line).orElse(null);
            if (trade != null && !(format instanceof MetaTraderFormat)) {
                line.requireColumns();
            }
            return new LineReading(line, trade, null);
        } catch (UnreadableLineException unreadable) {
            return new LineReading(line, null, unreadable);
        }
    }

    private LineReading checked(TripFormat format, Knowledge knowledge) {
        boolean undecided = failure instanceof UnclearNumberException;
        if (!undecided && (trade == null || knowledge.judge(trade) != Verdict.CONTRADICTED)) {
            return this;
        }
        LineReading dot = read(format, line.assuming(DecimalMark.DOT));
        LineReading comma = read(format, line.assuming(DecimalMark.COMMA));
        boolean dotFits = dot.verdict(knowledge) == Verdict.FITS;
        boolean commaFits = comma.verdict(knowledge) == Verdict.FITS;
        if (undecided && dotFits != commaFits) {
            LineReading fitting = dotFits ? dot : comma;
            Verdict other = (dotFits ? comma : dot).verdict(knowledge);
            if (other == Verdict.CONTRADICTED) {
                fitting.line.say("has numbers with two readings; taken as fits what is known of the asset: "
                        + fitting.line.unclear());
                return fitting;
            }
        }
        boolean refuted = undecided || dotFits || commaFits;
        return refuted
                ? new LineReading(line, null, new UnclearNumberException((undecided ? dot.line : line).unclear()))
                : this;
    }

    /** What the clear lines say; an unreadable line is contradicted. */
    private Verdict verdict(Knowledge knowledge) {
        return trade == null ? Verdict.CONTRADICTED : knowledge.judge(trade);
    }
}
