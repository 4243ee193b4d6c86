package io.tradosphere.stripefake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;

/**
 * How webhooks go astray, drawn from a seed. Each share is between 0 and 1.
 *
 * @param held nothing is sent before it is asked for
 * @param late the share that comes late
 * @param lateMillis how late at most, in milliseconds of real time
 * @param reordered the share that is overtaken by later ones
 * @param doubled the share that comes twice
 * @param lost the share that never comes, and isn't tried again
 * @param forged the share that is followed by a forgery
 */
public record Disorder(
        boolean held, double late, int lateMillis, double reordered, double doubled, double lost, double forged) {

    /** Each once, at once, in order. */
    public static final Disorder NONE = new Disorder(false, 0, 0, 0, 0, 0, 0);

    /** Reads {@code {hold, late, late_ms, reordered, doubled, lost, forged}}; what is absent is none. */
    public static Disorder of(JsonNode given) {
        return new Disorder(
                given.path("hold").asBoolean(false),
                given.path("late").asDouble(0),
                given.path("late_ms").asInt(1000),
                given.path("reordered").asDouble(0),
                given.path("doubled").asDouble(0),
                given.path("lost").asDouble(0),
                given.path("forged").asDouble(0));
    }

    /** How long one is held back, in milliseconds; 0: it is sent in its turn. */
    long delay(Random random) {
        boolean comesLate = random.nextDouble() < late;
        boolean overtaken = random.nextDouble() < reordered;
        int drawn = random.nextInt(Integer.MAX_VALUE);
        return comesLate ? 1 + drawn % Math.max(1, lateMillis) : overtaken ? 1 + drawn % 100 : 0;
    }
}
