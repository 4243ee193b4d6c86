package io.tradosphere.stack.issuer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Real tokens of the local OIDC provider, for anybody and with any roles. */
public final class Tokens implements TokenSource {

    private static final String PEOPLE = "https://tradosphere.io/people/";
    private static final UUID URL_NAMESPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    private final TokenEndpoint endpoint;

    /** @param issuer the provider's issuer URL */
    public Tokens(String issuer) {
        this.endpoint = new TokenEndpoint(issuer + "/token");
    }

    /** The profile id of a name: a UUID of version 5, always the same. A UUID is returned as it is. */
    public static UUID profileId(String name) {
        return name.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? UUID.fromString(name)
                : version5(URL_NAMESPACE, PEOPLE + name);
    }

    @Override
    public String token(String sub, Collection<String> roles, Duration lifetime) {
        return endpoint.accessToken(List.of(
                "grant_type",
                "client_credentials",
                "client_id",
                "tradosphere",
                "client_secret",
                "none",
                "sub",
                sub,
                "roles",
                String.join(",", roles),
                "lifetime",
                String.valueOf(lifetime.toSeconds())));
    }

    private static UUID version5(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }
}
