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
 * Whose tokens were found good a moment ago: a client sends the same one with every request, and its signature costs more to check
 * than most requests do. Tokens are known by their digest; none of them is kept.
 */
@ApplicationScoped
class VerifiedTokens {

    /** How long a token is taken at its word, and so how much later a key that the provider withdraws is refused. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int MOST = 20_000;

    private final Cache<ByteBuffer, Bearer> bearers =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    /**
     * Whom a token speaks for.
     *
     * @param expires when it ends to, by its own word
     */
    record Bearer(UUID id, boolean platformAdmin, Instant expires) {

        Caller asking(String traceparent) {
            return new Caller(id, platformAdmin, traceparent);
        }
    }

    /** Whom an {@code Authorization} header of just these characters speaks for; empty when that is to be found out. */
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
