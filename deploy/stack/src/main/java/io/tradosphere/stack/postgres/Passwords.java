package io.tradosphere.stack.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The passwords of the database roles. */
@FunctionalInterface
public interface Passwords {

    /**
     * The password of a role.
     *
     * @param role the role's name, such as {@code profile_app}
     */
    String of(String role);

    /**
     * Passwords that are derived from one secret. Roles belong to the whole cluster, so test runs that share one must
     * use the same passwords.
     */
    static Passwords derivedFrom(String secret) {
        return role -> {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest((secret + ":" + role).getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(hash, 0, 16);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every JDK has SHA-256", e);
            }
        };
    }
}
