package io.tradosphere.signal.engagement;

import io.tradosphere.platform.text.Hmac;
import java.util.Arrays;
import java.util.UUID;

/**
 * Who views a signal: a person, or an address without a token. It stays in memory for a second or two. The database
 * has only its {@linkplain #pseudonym pseudonym}.
 *
 * @param kind {@code person} or {@code address}
 * @param name the profile id, or the address
 */
record Viewer(String kind, String name) {

    private static final String PERSON = "person";
    private static final int PSEUDONYM_BYTES = 16;
    /** The longest text of an IPv6 address with a zone. Only the gateway sends one, so a longer one is not an address. */
    private static final int LONGEST_ADDRESS = 60;

    static Viewer person(UUID profile) {
        return new Viewer(PERSON, profile.toString());
    }

    /**
     * A viewer without a token.
     *
     * @param forwarded the address that the gateway found; null when the request did not pass the gateway
     * @param peer the address of the connection
     */
    static Viewer address(String forwarded, String peer) {
        boolean usable = forwarded != null && !forwarded.isBlank() && forwarded.length() <= LONGEST_ADDRESS;
        return new Viewer("address", usable ? forwarded.strip() : peer);
    }

    /** The profile of a person; null for an address. */
    UUID profile() {
        return kind.equals(PERSON) ? UUID.fromString(name) : null;
    }

    /**
     * A keyed hash that identifies the viewer while the key is kept.
     *
     * @param key the key of the day
     * @return 16 bytes
     */
    byte[] pseudonym(byte[] key) {
        return Arrays.copyOf(Hmac.of(key, kind + " " + name), PSEUDONYM_BYTES);
    }
}
