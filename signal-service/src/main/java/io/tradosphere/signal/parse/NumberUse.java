package io.tradosphere.signal.parse;

import io.tradosphere.signal.parse.Labels.Label;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which numbers of a text are taken, and for which level. */
final class NumberUse {

    private final NumberTokens numbers;
    private final BitSet used = new BitSet();
    private final Set<Label> read = new HashSet<>();
    private final Levels levels = new Levels();

    NumberUse(NumberTokens numbers) {
        this.numbers = numbers;
    }

    /** What the numbers that were taken are. */
    Levels levels() {
        return levels;
    }

    /** Takes numbers for a level. */
    void take(Level level, List<Integer> places) {
        places.forEach(used::set);
        levels.add(level, numbers.levels(places));
    }

    /** Takes numbers for the level of a label. */
    void take(Label label, List<Integer> places) {
        read.add(label);
        take(label.level(), places);
    }

    /** Leaves out a number that is no level. */
    void leaveOut(int i) {
        used.set(i);
    }

    /** Whether a number is taken, or left out. */
    boolean isUsed(int i) {
        return used.get(i);
    }

    /** Whether a number was taken for the label. */
    boolean isRead(Label label) {
        return read.contains(label);
    }

    /** The first number and those joined to it. */
    List<Integer> chain(Level level, int first, int end) {
        List<Integer> chain = new ArrayList<>(List.of(first));
        if (level == Level.SIZE || level == Level.NOTHING) {
            return chain;
        }
        for (int next = numbers.joined(first, end); next >= 0; next = numbers.joined(next, end)) {
            boolean range = numbers.areRange(chain.get(chain.size() - 1), next);
            if (level == Level.ENTRY && numbers.areOnArrow(chain.get(chain.size() - 1), next)) {
                take(Level.TARGET, List.of(next));
                return chain;
            }
            if (level != Level.TARGET && !range || level == Level.STOP && chain.size() == 2) {
                return chain;
            }
            chain.add(next);
        }
        return chain;
    }

    /** The first free number from that token on; -1 if there is none before the end. */
    int free(int from, int to) {
        for (int i = from; i < to; i++) {
            if (isFree(i)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a price may be here that nothing has taken. */
    boolean isFree(int i) {
        return numbers.isUsable(i) && !used.get(i) && !numbers.isPercent(i);
    }
}
