package io.tradosphere.http;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The W3C trace context header, <a href="https://www.w3.org/TR/trace-context/">level 1</a>: {@code 00-<32 hex>-<16 hex>-<2 hex>}.
 */
public final class Traceparent {

    /** The header's name, in HTTP and in Kafka. */
    public static final String HEADER = "traceparent";

    private static final int LENGTH = 55;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Traceparent() {}

    /**
     * The received trace context, or a new one. What a later version adds is dropped, since its meaning is unknown.
     *
     * @param received the header's value; null or malformed starts a new trace, as the recommendation requires
     */
    public static String honouring(String received) {
        if (received == null || !isValid(received)) {
            return start();
        }
        return received.length() == LENGTH ? received : "00" + received.substring(2, LENGTH);
    }

    /** The 32 hexadecimal digits of the trace in a valid value. */
    public static String traceId(String traceparent) {
        return traceparent.substring(3, 35);
    }

    /** Whether a client's value is valid. Later versions may be longer; version {@code ff} is invalid. */
    public static boolean isValid(String value) {
        int length = value.length();
        if (length < LENGTH || value.charAt(2) != '-' || value.charAt(35) != '-' || value.charAt(52) != '-') {
            return false;
        }
        if (!isHex(value, 0, 2) || !isHex(value, 3, 35) || !isHex(value, 36, 52) || !isHex(value, 53, LENGTH)) {
            return false;
        }
        if (value.startsWith("ff") || isZero(value, 3, 35) || isZero(value, 36, 52)) {
            return false;
        }
        return length == LENGTH || (!value.startsWith("00") && value.charAt(LENGTH) == '-');
    }

    /** A new trace, sampled. Trace ids only need to be distinct; SecureRandom may block, which an event loop must not. */
    private static String start() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] value = new char[LENGTH];
        value[0] = '0';
        value[1] = '0';
        value[2] = '-';
        // The lowest bit is set, so that neither id is all zeros, which would be invalid.
        write(random.nextLong(), value, 3);
        write(random.nextLong() | 1, value, 19);
        value[35] = '-';
        write(random.nextLong() | 1, value, 36);
        value[52] = '-';
        value[53] = '0';
        value[54] = '1';
        return new String(value);
    }

    private static void write(long bits, char[] value, int at) {
        for (int i = 15; i >= 0; i--) {
            value[at + i] = HEX[(int) bits & 0xf];
            bits >>>= 4;
        }
    }

    private static boolean isHex(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (value.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
