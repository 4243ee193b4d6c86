package io.tradosphere.platform.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.enums.UuidNamespace;
import java.util.UUID;
import java.util.regex.Pattern;

/** Derives profile ids from tokens. */
final class ProfileIds {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private ProfileIds() {}

    /**
     * The subject itself when it is a UUID of the primary issuer. Otherwise the name-based UUID (version 5, URL namespace) of
     * {@code iss#sub}, so that no second issuer can impersonate a user of the first.
     */
    static UUID of(String issuer, String subject, String primaryIssuer) {
        if (issuer.equals(primaryIssuer) && CANONICAL.matcher(subject).matches()) {
            return UUID.fromString(subject);
        }
        return UuidCreator.getNameBasedSha1(UuidNamespace.NAMESPACE_URL, issuer + "#" + subject);
    }
}
