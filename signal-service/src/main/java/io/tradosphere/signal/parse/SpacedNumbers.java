package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.NumberToken;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins numbers whose thousands are separated by plain spaces, such as {@code 64 250,50}. Two adjacent numbers look the
 * same. So they are joined only if the text has an unambiguous one: {@code 70 000}, or a comma after the last group.
 */
final class SpacedNumbers {

    private SpacedNumbers() {}

    /** The tokens, with such numbers joined into one token. */
    static List<Token> joined(List<Token> tokens) {
        boolean usesSpaces = false;
        for (int i = 1; i < tokens.size() && !usesSpaces; i++) {
            usesSpaces = begins(tokens, i - 1) && isPlainlyGroup(((NumberToken) tokens.get(i)).digits());
        }
        if (!usesSpaces) {
            return tokens;
        }
        List<Token> joined = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            StringBuilder digits = new StringBuilder();
            int last = i;
            while (last == i ? begins(tokens, i) : continues(tokens, last + 1)) {
                digits.append(((NumberToken) tokens.get(last)).digits()).append('\'');
                last++;
            }
            if (last == i) {
                joined.add(tokens.get(i));
            } else {
                NumberToken first = (NumberToken) tokens.get(i);
                NumberToken end = (NumberToken) tokens.get(last);
                joined.add(new NumberToken(digits + end.digits(), end.unit(), first.money(), first.spaceBefore()));
                i = last;
            }
        }
        return joined;
    }

    private static boolean begins(List<Token> tokens, int i) {
        return continues(tokens, i + 1)
                && !((NumberToken) tokens.get(i)).digits().startsWith("0");
    }

    /** Whether the token is a group of three digits that continues the number before it. */
    private static boolean continues(List<Token> tokens, int i) {
        return i < tokens.size()
                && i > 0
                && tokens.get(i - 1) instanceof NumberToken before
                && tokens.get(i) instanceof NumberToken group
                && before.unit().isEmpty()
                && before.digits().length() <= 3
                && before.digits().chars().allMatch(Character::isDigit)
                && group.spaceBefore()
                && !group.money()
                && isGroup(group.digits());
    }

    /** Whether it is three digits, with optional decimals after a comma. */
    private static boolean isGroup(String digits) {
        return digits.length() == 3 && digits.chars().allMatch(Character::isDigit)
                || digits.length() > 4
                        && digits.indexOf(',') == 3
                        && digits.lastIndexOf(',') == 3
                        && digits.indexOf('.') < 0;
    }

    private static boolean isPlainlyGroup(String digits) {
        return digits.startsWith("0") || digits.indexOf(',') == 3 && digits.length() <= 6;
    }
}
