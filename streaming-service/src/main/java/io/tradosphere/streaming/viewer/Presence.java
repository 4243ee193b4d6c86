package io.tradosphere.streaming.viewer;

import java.time.Instant;

/**
 * What a person's requests since the last flush say of them at a stream.
 *
 * @param seenFrom the first heartbeat; null without one
 * @param seenUntil the last heartbeat; null without one
 * @param leftAt when they left; null when they did not, or came back
 */
record Presence(Instant seenFrom, Instant seenUntil, Instant leftAt) {

    /** A heartbeat. */
    static Presence seen(Instant at) {
        return new Presence(at, at, null);
    }

    /** The word that somebody leaves. */
    static Presence left(Instant at) {
        return new Presence(null, null, at);
    }

    /** Both together, whichever came first. Whoever leaves and comes back has stayed. */
    Presence and(Presence other) {
        Instant from = earliest(seenFrom, other.seenFrom);
        Instant until = latest(seenUntil, other.seenUntil);
        Instant left = latest(leftAt, other.leftAt);
        return new Presence(from, until, left != null && until != null && until.isAfter(left) ? null : left);
    }

    private static Instant earliest(Instant one, Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static Instant latest(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }
}
