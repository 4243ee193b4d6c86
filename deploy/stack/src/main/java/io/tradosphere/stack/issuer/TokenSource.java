package io.tradosphere.stack.issuer;

import io.tradosphere.stack.StackException;
import java.time.Duration;
import java.util.Collection;

/** A source of access tokens (JWT) for tests and for trying out. */
public interface TokenSource {

    /** How long a token lives when nothing else is asked for. */
    Duration LIFETIME = Duration.ofDays(30);

    /**
     * A token of this subject.
     *
     * @param sub the subject
     * @param roles what the {@code roles} claim lists
     * @param lifetime to the second
     * @throws StackException when the provider gives none; one line
     */
    String token(String sub, Collection<String> roles, Duration lifetime);

    /**
     * A token of this subject that lives for {@link #LIFETIME}.
     *
     * @param sub the subject
     * @param roles what the {@code roles} claim lists
     * @throws StackException when the provider gives none; one line
     */
    default String token(String sub, Collection<String> roles) {
        return token(sub, roles, LIFETIME);
    }
}
