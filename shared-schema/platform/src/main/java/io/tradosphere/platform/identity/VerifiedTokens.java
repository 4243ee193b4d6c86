package io.tradosphere.platform.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A cache of recently verified tokens. A client sends the same token with every request, and verifying a signature costs more than
 * most requests. The cache's keys are digests, so no token is stored.
 */
@ApplicationScoped
class VerifiedTokens {

    /** How long a verification is trusted. A key that the provider revokes is accepted for this long at most. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private static final int MAX_SIZE = 20_000;

    private final Cache<ByteBuffer, Bearer> bearers = Caffeine.newBuilder()
            .maximumSize(MAX_SIZE)
            .expireAfterWrite(MAX_AGE)
            .build();

    /**
     * The identity that a token proves.
     *
     * @param pseudonym what the log calls the caller; null without one
     * @param expires the token's expiry
     */
    record Bearer(UUID id, boolean platformAdmin, String pseudonym, Instant expires) {

        Caller toCaller(String traceparent) {
            return new Caller(id, platformAdmin, traceparent);
        }
    }

    /** The identity of an {@code Authorization} header; empty when the cache has none that is still valid. */
    Optional<Bearer> bearer(String authorization) {
        return Optional.ofNullable(bearers.getIfPresent(digest(authorization)))
                .filter(known -> known.expires().isAfter(Instant.now()));
    }

    void remember(String authorization, Bearer bearer) {
        bearers.put(digest(authorization), bearer);
    }

    private static ByteBuffer digest(String authorization) {
        try {
            byte[] characters = authorization.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(characters));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
