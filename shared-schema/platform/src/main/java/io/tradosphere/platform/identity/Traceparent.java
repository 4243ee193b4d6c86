package io.tradosphere.platform.identity;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The W3C trace context header, <a href="https://www.w3.org/TR/trace-context/">level 1</a>. */
public final class Traceparent {

    /** The header's name, in HTTP and in Kafka. */
    public static final String HEADER = "traceparent";

    private static final Pattern VALID =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final HexFormat HEX = HexFormat.of();

    private Traceparent() {}

    /**
     * The context that a request came with, or the beginning of a new one.
     *
     * @param received the header as received; null or malformed starts a new trace, as the recommendation asks
     */
    public static String honouring(String received) {
        return received != null && VALID.matcher(received).matches() ? received : start();
    }

    private static String start() {
        byte[] random = new byte[24];
        // Trace ids only have to be distinct; the blocking seed of SecureRandom has no business on an event loop.
        ThreadLocalRandom.current().nextBytes(random);
        return "00-" + HEX.formatHex(random, 0, 16) + "-" + HEX.formatHex(random, 16, 24) + "-00";
    }
}
