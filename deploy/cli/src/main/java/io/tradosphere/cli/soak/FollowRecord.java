package io.tradosphere.cli.soak;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A record of the last acknowledged request of each pair: a follow or an unfollow. */
final class FollowRecord {

    private final Map<Pair, Boolean> acknowledged = new ConcurrentHashMap<>();

    /** Records an acknowledged request. */
    void acknowledged(Pair pair, boolean follows) {
        acknowledged.put(pair, follows);
    }

    /** Whether the pair follows by its last acknowledged request. False when there was none. */
    boolean follows(Pair pair) {
        return acknowledged.getOrDefault(pair, false);
    }

    /** The pairs with an acknowledged request. */
    Set<Pair> known() {
        return Set.copyOf(acknowledged.keySet());
    }

    /** The pairs whose last acknowledged request was a follow. */
    Set<Pair> following() {
        return acknowledged.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How many profiles follow this one. */
    long followersOf(UUID followed) {
        return following().stream()
                .filter(pair -> pair.followed().equals(followed))
                .count();
    }
}
