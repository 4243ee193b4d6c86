package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Mark;
import io.tradosphere.signal.parse.Token.Sign;
import io.tradosphere.signal.parse.Token.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks the words of a text up, and joins the words of a phrase, such as "stop loss", into one. */
final class Meanings {

    private final List<Token> tokens;
    private final Set<String> languages = new HashSet<>();

    private Meanings(List<Token> tokens) {
        this.tokens = tokens;
        for (Token token : tokens) {
            if (token instanceof Word word) {
                languages.addAll(Vocabulary.languages(word.key()));
            }
        }
    }

    /** The tokens, with what their words mean. */
    static List<Token> of(List<Token> tokens) {
        Meanings meanings = new Meanings(tokens);
        List<Token> understood = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); ) {
            i = meanings.add(understood, i);
        }
        return understood;
    }

    /** Adds the word or phrase at this place; returns the place after it. */
    private int add(List<Token> understood, int i) {
        if (!(tokens.get(i) instanceof Word word)) {
            understood.add(tokens.get(i));
            return i + 1;
        }
        for (List<String> phrase : Vocabulary.phrases(word.key())) {
            int end = end(phrase, i);
            if (end > i) {
                understood.add(meant(word, String.join(" ", phrase)));
                return end;
            }
        }
        understood.add(meant(word, word.key()));
        return i + 1;
    }

    private Word meant(Word word, String key) {
        return new Word(word.text(), key, Vocabulary.senses(key, languages), word.sigil(), word.spaceBefore());
    }

    /** The place after the phrase that begins here; -1 if another text does. A dash may join its words. */
    private int end(List<String> phrase, int start) {
        int at = start;
        for (String key : phrase) {
            if (at > start && at < tokens.size() && tokens.get(at) instanceof Mark mark && mark.sign() == Sign.DASH) {
                at++;
            }
            if (at >= tokens.size()
                    || !(tokens.get(at) instanceof Word word)
                    || !word.key().equals(key)) {
                return -1;
            }
            at++;
        }
        return at;
    }
}
