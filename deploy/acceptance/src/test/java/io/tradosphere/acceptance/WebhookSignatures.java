package io.tradosphere.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of webhooks, with the suite's secrets. */
final class WebhookSignatures {

    private static final String HMAC = "HmacSHA256";

    private WebhookSignatures() {}

    /** The header {@code Stripe-Signature} of a body. */
    static String stripe(String body) {
        long now = Instant.now().getEpochSecond();
        return "t=" + now + ",v1=" + hmac("STRIPE_WEBHOOK_SECRET", now + "." + body);
    }

    /** The header {@code Agora-Signature-V2} of a body. */
    static String agora(String body) {
        return hmac("AGORA_NOTIFICATION_SECRET", body);
    }

    private static String hmac(String secret, String text) {
        try {
            byte[] key = SharedSuite.endpoints().get(secret).getBytes(StandardCharsets.UTF_8);
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every JDK has " + HMAC, e);
        }
    }
}
