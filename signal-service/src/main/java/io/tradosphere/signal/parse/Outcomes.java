package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Sentences.Sentence;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.List;

/** Finds in a text how a trade went: a level that was hit, a position that was closed, a gain. */
final class Outcomes {

    /** The maximum number of words and numbers between "hit" and the level that was hit. */
    private static final int HIT_REACH = 4;

    private static final int PROFIT_REACH = 3;
    private static final String TICK = "✅";

    private final Reading reading;
    private final List<Token> tokens;
    private final Statements statements;
    private final Sentences sentences;

    Outcomes(Reading reading, Statements statements) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.statements = statements;
        this.sentences = statements.sentences();
    }

    /** Whether a level was reached, or a trade is over: "TP1 hit", "stopped out". */
    boolean tellsResult() {
        return statements.any(i -> isHit(i) || isClosed(i));
    }

    /** Whether a gain is told, or a target is ticked off, which a call with a stop may do too. */
    boolean suggestsResult() {
        return statements.any(i -> isGain(i)
                || statements.is(i, Sense.PREVIOUS) && isOrdered(sentences.at(i))
                || statements.is(i, Sense.OUT) && leadsToTrade(i)
                || tokens.get(i) instanceof Word word
                        && word.key().equals(TICK)
                        && statements.hasBefore(Sense.TARGET, i));
    }

    private boolean isHit(int i) {
        return statements.is(i, Sense.HIT)
                && !statements.isConditional(i)
                && !sentences.at(i).asks()
                && (isBeside(i, Sense.TARGET) || isBeside(i, Sense.STOP));
    }

    /** Whether a level of the sense is near in the same sentence, without a comma between. */
    boolean isBeside(int i, Sense level) {
        return isBeside(i, level, 1) || isBeside(i, level, -1);
    }

    private boolean isBeside(int i, Sense level, int step) {
        Sentence sentence = sentences.at(i);
        int words = 0;
        for (int at = i + step; at >= sentence.start() && at < sentence.end() && words < HIT_REACH; at += step) {
            if (statements.is(at, level)) {
                return true;
            }
            if (statements.isMark(at, Sign.COMMA)) {
                return false;
            }
            words += tokens.get(at) instanceof Mark ? 0 : 1;
        }
        return false;
    }

    private boolean isClosed(int i) {
        boolean candle =
                statements.is(i + 1, Sense.CONDITION) || statements.is(i - 1, Sense.DAILY) || isNumberWithUnit(i - 1);
        return statements.is(i, Sense.CLOSED)
                && !candle
                && !statements.isConditional(i)
                && !sentences.at(i).asks()
                && statements.isAboutTrade(i);
    }

    private boolean isNumberWithUnit(int i) {
        return i >= 0
                && tokens.get(i) instanceof NumberToken number
                && !number.unit().isEmpty();
    }

    private boolean leadsToTrade(int i) {
        for (int at = i + 1; at <= i + PROFIT_REACH; at++) {
            if (reading.assets().hasTaken(at) || reading.directions().pointsAt(at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOrdered(Sentence sentence) {
        int order = reading.directions().first();
        return order >= sentence.start() && order < sentence.end();
    }

    private boolean isGain(int i) {
        boolean near = statements.is(i, Sense.PROFIT) && (isNumberNear(i, 1) || isNumberNear(i, -1));
        boolean signed = statements.isMark(i, Sign.PLUS)
                && i + 1 < tokens.size()
                && tokens.get(i + 1) instanceof NumberToken
                && !tokens.get(i + 1).spaceBefore()
                && (statements.isMark(i + 2, Sign.PERCENT) || statements.is(i + 2, Sense.DISTANCE));
        return near || signed;
    }

    private boolean isNumberNear(int i, int step) {
        for (int at = i + step; at >= 0 && at < tokens.size() && Math.abs(at - i) <= PROFIT_REACH; at += step) {
            if (tokens.get(at) instanceof NumberToken) {
                return true;
            }
            if (statements.isMark(at, Sign.NEWLINE)) {
                return false;
            }
        }
        return false;
    }
}
