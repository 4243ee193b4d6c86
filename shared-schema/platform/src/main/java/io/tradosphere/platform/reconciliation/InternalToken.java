package io.tradosphere.platform.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The secret that services and operators show to the internal interface. Without one, every call is refused. */
@ApplicationScoped
class InternalToken {

    private static final String SCHEME = "Bearer ";

    private final Optional<String> token;

    InternalToken(@ConfigProperty(name = "tradosphere.internal.token") Optional<String> token) {
        this.token = token.filter(value -> !value.isBlank());
    }

    /** The value of the header {@code Authorization}. */
    String header() {
        return SCHEME + token.orElse("");
    }

    /**
     * Whether a header has the token. The time of the comparison does not depend on where they differ.
     *
     * @param header the value of {@code Authorization}; null when absent
     */
    boolean isIn(String header) {
        return token.isPresent()
                && header != null
                && MessageDigest.isEqual(
                        header().getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }
}
