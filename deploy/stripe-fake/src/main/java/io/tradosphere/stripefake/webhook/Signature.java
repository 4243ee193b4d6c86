package io.tradosphere.stripefake.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The {@code Stripe-Signature} header: a time and an HMAC-SHA256 by each secret that is valid. */
public final class Signature {

    private Signature() {}

    /** The header's value. */
    public static String header(long time, String payload, List<String> secrets) {
        return "t=" + time
                + secrets.stream()
                        .map(secret -> ",v1=" + hmac(secret, time + "." + payload))
                        .collect(Collectors.joining());
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
