package io.tradosphere.cli.soak;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What clients were told last: of each pair, whether the last acknowledged call made it a follow or ended it. */
final class Ledger {

    private final Map<Pair, Boolean> acknowledged = new ConcurrentHashMap<>();

    /** Notes an answer that says it is done. */
    void acknowledged(Pair pair, boolean follows) {
        acknowledged.put(pair, follows);
    }

    /** Whether the pair follows, by the last answer; false when there was none. */
    boolean follows(Pair pair) {
        return acknowledged.getOrDefault(pair, false);
    }

    /** The pairs that ever were acknowledged. */
    Set<Pair> known() {
        return Set.copyOf(acknowledged.keySet());
    }

    /** The pairs that follow. */
    Set<Pair> following() {
        return acknowledged.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How many follow somebody. */
    long followersOf(UUID followed) {
        return following().stream()
                .filter(pair -> pair.followed().equals(followed))
                .count();
    }
}
