package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Token.Figure;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers whose thousands are parted by plain spaces, such as {@code 64 250,50}. Two numbers beside each other look the same, so
 * they are put together only in a text that shows somewhere that it is written so: {@code 70 000}, or a comma after the last group.
 */
final class SpacedNumbers {

    private SpacedNumbers() {}

    /** The tokens with such numbers in one piece. */
    static List<Token> joined(List<Token> tokens) {
        boolean shown = false;
        for (int i = 1; i < tokens.size() && !shown; i++) {
            shown = begins(tokens, i - 1) && isPlainlyGroup(((Figure) tokens.get(i)).digits());
        }
        if (!shown) {
            return tokens;
        }
        List<Token> joined = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            StringBuilder digits = new StringBuilder();
            int last = i;
            while (last == i ? begins(tokens, i) : continues(tokens, last + 1)) {
                digits.append(((Figure) tokens.get(last)).digits()).append('\'');
                last++;
            }
            if (last == i) {
                joined.add(tokens.get(i));
            } else {
                Figure first = (Figure) tokens.get(i);
                Figure end = (Figure) tokens.get(last);
                joined.add(new Figure(digits + end.digits(), end.unit(), first.money(), first.apart()));
                i = last;
            }
        }
        return joined;
    }

    private static boolean begins(List<Token> tokens, int i) {
        return continues(tokens, i + 1) && !((Figure) tokens.get(i)).digits().startsWith("0");
    }

    /** Whether the token there is a group of three that goes on the number before it. */
    private static boolean continues(List<Token> tokens, int i) {
        return i < tokens.size()
                && i > 0
                && tokens.get(i - 1) instanceof Figure before
                && tokens.get(i) instanceof Figure group
                && before.unit().isEmpty()
                && before.digits().length() <= 3
                && before.digits().chars().allMatch(Character::isDigit)
                && group.apart()
                && !group.money()
                && isGroup(group.digits());
    }

    /** Three digits, and after a comma perhaps decimals. */
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
