package io.tradosphere.profile.account;

import io.smallrye.mutiny.Uni;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.text.Hmac;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Usernames of erased profiles, which nobody else may take for 30 days. Only an HMAC of the username and one of the
 * profile's id are kept: without the installation's secret they tell neither.
 */
@ApplicationScoped
class RestingUsernames {

    private static final String REST = """
            INSERT INTO resting_usernames (username_digest, profile_digest, rests_until)
            VALUES ($1, $2, now() + INTERVAL '30 days')
            """;
    private static final String WAKE = """
            DELETE FROM resting_usernames WHERE username_digest = $1 AND (profile_digest = $2 OR rests_until <= now())
            """;
    private static final String RESTING = "SELECT FROM resting_usernames WHERE username_digest = $1";

    private final String secret;

    RestingUsernames(@ConfigProperty(name = "tradosphere.username-secret") String secret) {
        this.secret = secret;
    }

    /** Lets the username of an erased profile rest. */
    Uni<Void> rest(Tx tx, UUID profile, String username) {
        return tx.execute(REST, digest("username", username), digest("profile", profile.toString()))
                .replaceWithVoid();
    }

    /**
     * Whether the username rests for this profile. Its former profile may take it again, which ends the rest. Call it
     * after the insert of the profile, which waits for a concurrent erasure of the same username.
     */
    Uni<Boolean> isResting(Tx tx, UUID profile, String username) {
        String digest = digest("username", username);
        return tx.execute(WAKE, digest, digest("profile", profile.toString()))
                .chain(() -> tx.execute(RESTING, digest))
                .map(rows -> rows.size() > 0);
    }

    private String digest(String kind, String value) {
        return Hmac.hex(secret, (kind + ":" + value).getBytes(StandardCharsets.UTF_8));
    }
}
