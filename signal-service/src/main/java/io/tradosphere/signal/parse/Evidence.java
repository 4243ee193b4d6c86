package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Sentences.Sentence;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.NumberToken;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.List;

/** Finds in a text what speaks against a call. */
final class Evidence {

    private final Reading reading;
    private final List<Token> tokens;
    private final Statements statements;
    private final Sentences sentences;
    private final Outcomes outcomes;

    Evidence(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.statements = new Statements(reading);
        this.sentences = statements.sentences();
        this.outcomes = new Outcomes(reading, statements);
    }

    /** Whether a level was reached, or a trade is over: "TP1 hit", "stopped out". */
    boolean tellsResult() {
        return outcomes.tellsResult();
    }

    /** Whether a gain is told, or a target is ticked off, which a call with a stop may do too. */
    boolean suggestsResult() {
        return outcomes.suggestsResult();
    }

    /** Whether it is about an option. */
    boolean isOption() {
        return new OptionContracts(reading, statements).areNamed();
    }

    /** Whether an order or a level was changed: "new stop 64k". */
    boolean tellsUpdate() {
        boolean moved = statements.any(i -> statements.is(i, Sense.MOVED) && !statements.isConditional(i));
        boolean entered = statements.any(
                i -> statements.is(i, Sense.HIT) && !statements.isConditional(i) && outcomes.isBeside(i, Sense.ENTRY));
        if (cancels()) {
            return true;
        }
        return moved && (isHeadedAsUpdate() || !reading.isWhole()) || entered && !reading.isComplete();
    }

    /** Whether the sentence of the order begins with its end: "cancel the BTC long". */
    private boolean cancels() {
        int order = reading.directions().first();
        Word first = order < 0 ? null : sentences.firstWord(sentences.at(order));
        return first != null && first.is(Sense.CANCEL);
    }

    /** Whether a change is asked for, which a call may do for later: "move the stop to the entry". */
    boolean suggestsUpdate() {
        return isHeadedAsUpdate()
                || statements.any(i ->
                        isMove(i) || statements.is(i, Sense.CANCEL) || isClose(i) || statements.is(i, Sense.UPDATE));
    }

    /** Whether a trade, not the reader's part in it, is asked about. */
    boolean asks() {
        return sentences.all().stream()
                .anyMatch(sentence -> sentence.asks() && statements.isAboutTrade(sentence) && beginsWithAsk(sentence));
    }

    /** Whether a question is asked beside or after a trade. */
    boolean suggestsQuestion() {
        return sentences.all().stream()
                .anyMatch(
                        sentence -> statements.isAboutTrade(sentence) && (sentence.asks() || beginsWithAsk(sentence)));
    }

    /** Whether it tells a story, a joke or an opinion, advertises, or waits. */
    boolean isTalk() {
        return statements.any(i -> statements.is(i, Sense.STORY)
                || statements.is(i, Sense.JOKE)
                || statements.is(i, Sense.WAITING)
                || statements.is(i, Sense.AGAINST)
                || statements.is(i, Sense.ADVERT)
                        && (!reading.hasPrice()
                                || reading.directions().first() < 0
                                || sentences
                                        .at(i)
                                        .equals(sentences.at(
                                                reading.directions().first()))));
    }

    /** Whether an order the other way stands beside targets of the first, so that it may be no target. */
    boolean hasOppositeOrder() {
        boolean closes = statements.any(reading.directions()::closesAt);
        return closes
                && reading.labels().stream()
                        .anyMatch(label -> label.level() == Level.TARGET
                                && !reading.directions().closesAt(label.start()));
    }

    /** Whether it speaks of an earlier trade. */
    boolean isAboutEarlier() {
        return statements.any(i -> statements.is(i, Sense.PREVIOUS));
    }

    /** Whether an order stands at the beginning of a sentence, beside the asset: "long BTC". */
    boolean orders() {
        int order = reading.directions().first();
        if (order < 0) {
            return false;
        }
        boolean beside = reading.assets().hasTaken(order + 1)
                || reading.assets().hasTaken(order + 2)
                || order > 0 && reading.assets().hasTaken(order - 1)
                || order > 1 && reading.assets().hasTaken(order - 2);
        Word first = sentences.firstWord(sentences.at(order));
        boolean begins = first != null && (first.equals(tokens.get(order)) || first.bias() != null || isAsset(first));
        return beside && begins;
    }

    private boolean isAsset(Word word) {
        return reading.asset() != null && reading.assets().hasTaken(tokens.indexOf(word));
    }

    private boolean isHeadedAsUpdate() {
        for (Sentence sentence : sentences.all()) {
            Word first = sentences.firstWord(sentence);
            if (first != null) {
                return first.is(Sense.UPDATE) || sentences.has(Sense.UPDATE, sentence.start(), sentence.start() + 3);
            }
        }
        return false;
    }

    private boolean isMove(int i) {
        return statements.is(i, Sense.MOVE)
                        && (statements.hasBefore(Sense.STOP, i) || statements.hasAfter(Sense.STOP, i))
                || statements.is(i, Sense.STOP)
                        && (statements.hasAfter(Sense.EVEN, i) || statements.is(i + 1, Sense.JOIN));
    }

    private boolean isClose(int i) {
        return statements.is(i, Sense.CLOSE)
                && !statements.is(i + 1, Sense.CONDITION)
                && !(i + 1 < tokens.size()
                        && (tokens.get(i + 1) instanceof NumberToken || statements.isMark(i + 1, Sign.COLON))
                        && statements.is(i, Sense.TARGET));
    }

    private boolean beginsWithAsk(Sentence sentence) {
        Word first = sentences.firstWord(sentence);
        return first != null && first.is(Sense.ASK) || endsWithAsk(sentence);
    }

    /** Whether a particle at the end asks, as in Chinese and Turkish. */
    private boolean endsWithAsk(Sentence sentence) {
        int last = sentence.end() - 1;
        while (last > sentence.start() && tokens.get(last) instanceof Mark) {
            last--;
        }
        return statements.is(last, Sense.ASK);
    }
}
