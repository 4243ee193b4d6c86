package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Sentences.Sentence;
import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.List;

/** A text, its sentences, and what stands where in them. */
final class Statements {

    /** The maximum number of tokens between words of one statement. */
    private static final int REACH = 14;

    private final Reading reading;
    private final List<Token> tokens;
    private final Sentences sentences;

    Statements(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.sentences = new Sentences(tokens);
    }

    Sentences sentences() {
        return sentences;
    }

    /** What holds at a token. */
    interface At {
        boolean test(int index);
    }

    /** Whether it holds at any token. */
    boolean any(At evidence) {
        for (int i = 0; i < tokens.size(); i++) {
            if (evidence.test(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the token is a word of the sense. */
    boolean is(int i, Sense sense) {
        return i >= 0 && i < tokens.size() && tokens.get(i) instanceof Word word && word.is(sense);
    }

    /** Whether the token is that mark. */
    boolean isMark(int i, Sign sign) {
        return i >= 0 && i < tokens.size() && tokens.get(i) instanceof Mark mark && mark.sign() == sign;
    }

    /** Whether what the word says is a condition, lies in the future, or is negated. */
    boolean isConditional(int i) {
        return hasBefore(Sense.CONDITION, i)
                || hasBefore(Sense.FUTURE, i)
                || hasAfter(Sense.CONDITIONAFTER, i)
                || sentences.has(Sense.NEGATION, Math.max(sentences.at(i).start(), i - 2), i);
    }

    /** Whether a word of the sense is not far before it in the sentence. */
    boolean hasBefore(Sense sense, int i) {
        return sentences.has(sense, Math.max(sentences.at(i).start(), i - REACH), i);
    }

    /** Whether a word of the sense is not far after it in the sentence. */
    boolean hasAfter(Sense sense, int i) {
        return sentences.has(sense, i + 1, Math.min(sentences.at(i).end(), i + REACH));
    }

    /** Whether the sentence, or the text, says which trade is meant. */
    boolean isAboutTrade(int i) {
        return reading.asset() != null
                || reading.directions().first() >= 0
                || isAboutTrade(sentences.at(i))
                || reading.hasPrice();
    }

    /** Whether the sentence names an asset, an order or a level. */
    boolean isAboutTrade(Sentence sentence) {
        for (int i = sentence.start(); i < sentence.end(); i++) {
            if (reading.assets().hasTaken(i)
                    || reading.directions().pointsAt(i)
                    || tokens.get(i) instanceof Word word && word.level() != null) {
                return true;
            }
        }
        return false;
    }
}
