package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The sentences and lines of a text. */
final class Sentences {

    private final List<Token> tokens;
    private final List<Sentence> all = new ArrayList<>();
    private final int[] of;

    /**
     * A sentence, or a line of one.
     *
     * @param start its first token
     * @param end the token after its last
     * @param asks whether a question mark ends it
     */
    record Sentence(int start, int end, boolean asks) {}

    Sentences(List<Token> tokens) {
        this.tokens = tokens;
        this.of = new int[tokens.size()];
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            of[i] = all.size();
            boolean last = i + 1 == tokens.size();
            if (last || tokens.get(i) instanceof Mark mark && (mark.ends() || mark.sign() == Sign.NEWLINE)) {
                all.add(new Sentence(start, i + 1, tokens.get(i) instanceof Mark mark && mark.sign() == Sign.QUESTION));
                start = i + 1;
            }
        }
    }

    List<Sentence> all() {
        return all;
    }

    /** The sentence of the token at this place. */
    Sentence at(int index) {
        return all.get(of[index]);
    }

    /** The first word of letters of a sentence; null if it has none. */
    Word firstWord(Sentence sentence) {
        for (int i = sentence.start(); i < sentence.end(); i++) {
            if (tokens.get(i) instanceof Word word
                    && Character.isLetter(word.text().codePointAt(0))) {
                return word;
            }
        }
        return null;
    }

    /** Whether a word of the sense stands in the part of the text. */
    boolean has(Sense sense, int from, int to) {
        for (int i = Math.max(from, 0); i < Math.min(to, tokens.size()); i++) {
            if (tokens.get(i) instanceof Word word && word.is(sense)) {
                return true;
            }
        }
        return false;
    }

    /** The first tokens of the lines. */
    static BitSet lines(List<Token> tokens) {
        BitSet starts = new BitSet();
        for (int i = 1; i < tokens.size(); i++) {
            starts.set(i, isNewLine(tokens, i - 1));
        }
        return starts;
    }

    /** The first tokens of the paragraphs, which an empty line or one of signs alone divides. */
    static BitSet paragraphs(List<Token> tokens) {
        BitSet starts = new BitSet();
        int newLines = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (isNewLine(tokens, i)) {
                newLines++;
            } else if (!isSign(tokens.get(i))) {
                starts.set(i, newLines > 1);
                newLines = 0;
            }
        }
        return starts;
    }

    private static boolean isNewLine(List<Token> tokens, int i) {
        return tokens.get(i) instanceof Mark mark && mark.sign() == Sign.NEWLINE;
    }

    private static boolean isSign(Token token) {
        return token instanceof Mark
                || token instanceof Word word
                        && word.senses().isEmpty()
                        && !Character.isLetterOrDigit(word.text().codePointAt(0));
    }
}
