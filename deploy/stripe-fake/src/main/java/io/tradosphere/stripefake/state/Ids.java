package io.tradosphere.stripefake.state;

import java.util.Random;

/** Ids and secrets in Stripe's form. The same seed and the same calls give the same ones. */
public final class Ids {

    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final Random random;
    private long drawn;

    /** @param seed what the ids are drawn from */
    public Ids(long seed) {
        random = new Random(seed);
    }

    /** A new id, such as {@code cus_} and 24 letters and digits. */
    public String next(String prefix) {
        return next(prefix, 24);
    }

    /** A new id with this many letters and digits behind its prefix. */
    public String next(String prefix, int length) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        drawn++;
        return id.toString();
    }

    /** How many were drawn. */
    public long drawn() {
        return drawn;
    }
}
