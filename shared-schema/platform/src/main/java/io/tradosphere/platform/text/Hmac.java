package io.tradosphere.platform.text;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), which every JDK has. */
public final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    /**
     * The code of a message.
     *
     * @param key not empty
     * @return 32 bytes
     */
    public static byte[] of(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, impossible);
        }
    }

    /**
     * The code of a text's UTF-8 bytes.
     *
     * @param key not empty
     * @return 32 bytes
     */
    public static byte[] of(byte[] key, String message) {
        return of(key, message.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The code of a message, in hexadecimal.
     *
     * @param key a secret text, not empty; its UTF-8 bytes are the key
     * @return 64 lower-case digits
     */
    public static String hex(String key, byte[] message) {
        return HexFormat.of().formatHex(of(key.getBytes(StandardCharsets.UTF_8), message));
    }
}
