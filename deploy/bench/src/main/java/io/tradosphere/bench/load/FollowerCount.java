package io.tradosphere.bench.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** The follower count of one profile as anybody sees it: read through the gateway. */
public final class FollowerCount {

    private static final String FIELD = "\"followerCount\":";

    private final Generator generator;
    private final Call read;

    /**
     * @param generator what reads it
     * @param gateway through which gateway
     * @param profile the profile's id
     */
    public FollowerCount(Generator generator, Target gateway, Object profile) {
        this.generator = generator;
        this.read = Call.get(gateway, "/v1/profiles/" + profile);
    }

    /** Reads it now. */
    public Future<Long> now() {
        return generator.sendBeside(read).map(answer -> {
            if (!answer.isGood()) {
                throw new IllegalStateException(
                        "GET " + read.path() + " answers " + answer.status() + ": " + answer.body());
            }
            return in(answer.body());
        });
    }

    /** The count in a profile's JSON. */
    static long in(Buffer body) {
        String json = body.toString();
        int field = json.indexOf(FIELD);
        if (field < 0) {
            throw new IllegalStateException("No followerCount in " + json);
        }
        int from = field + FIELD.length();
        int end = from;
        while (end < json.length() && Character.isDigit(json.charAt(end))) {
            end++;
        }
        return Long.parseLong(json, from, end, 10);
    }
}
