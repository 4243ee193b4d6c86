package io.tradosphere.bench.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Reads a profile's follower count through the gateway. */
public final class FollowerCount {

    private static final String FIELD = "\"followerCount\":";

    private final LoadGenerator generator;
    private final Call read;

    /**
     * @param generator sends the requests
     * @param gateway the gateway
     * @param profile the profile's id
     */
    public FollowerCount(LoadGenerator generator, Target gateway, Object profile) {
        this.generator = generator;
        this.read = Call.get(gateway, "/v1/profiles/" + profile);
    }

    /** Reads the current count. */
    public Future<Long> now() {
        return generator.sendUnpooled(read).map(response -> {
            if (!response.isExpected()) {
                throw new IllegalStateException(
                        "GET " + read.path() + " returned " + response.status() + ": " + response.body());
            }
            return in(response.body());
        });
    }

    /** Extracts the count from a profile's JSON. */
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
