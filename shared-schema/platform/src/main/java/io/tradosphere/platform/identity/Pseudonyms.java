package io.tradosphere.platform.identity;

import io.tradosphere.platform.text.Hmac;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Pseudonyms of callers for the log: an HMAC of the profile id under a key of the installation. Whoever has the key can compute that
 * of a person and find their lines. Nobody else can.
 */
@ApplicationScoped
class Pseudonyms {

    /** Keeps these codes apart from others under the same key. */
    private static final String PURPOSE = "log:";

    private static final int DIGITS = 16;

    private final String key;

    /** @param key the secret that all services of an installation share; without one there are no pseudonyms */
    Pseudonyms(@ConfigProperty(name = "tradosphere.internal.token") Optional<String> key) {
        this.key = key.filter(value -> !value.isBlank()).orElse(null);
    }

    /** The pseudonym of a profile: 16 hexadecimal digits; null without a key. */
    String of(UUID profile) {
        return key == null
                ? null
                : Hmac.hex(key, (PURPOSE + profile).getBytes(StandardCharsets.UTF_8))
                        .substring(0, DIGITS);
    }
}
