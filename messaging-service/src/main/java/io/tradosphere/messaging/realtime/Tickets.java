package io.tradosphere.messaging.realtime;

import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.platform.db.Rows;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.identity.Caller;
import io.tradosphere.platform.identity.InvalidToken;
import io.tradosphere.platform.profiles.ProfileFreshness;
import io.tradosphere.platform.profiles.Refusals;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;

/** Tickets for streams: each is used once, within 30 seconds. */
@ApplicationScoped
class Tickets {

    private static final int BYTES = 32;

    private static final String BUY = """
            INSERT INTO realtime_tickets (digest, user_id, expires_at, token_expires_at)
            SELECT $1, id, now() + INTERVAL '30 seconds', $3 FROM profiles WHERE id = $2
            """;

    private static final String FIND_EXPIRY = "SELECT now() + INTERVAL '30 seconds' AS expires_at";

    private static final String USE = """
            DELETE FROM realtime_tickets WHERE digest = $1
            RETURNING user_id, token_expires_at, expires_at > now() AS is_valid
            """;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SliceDatabase slice;
    private final ProfileFreshness freshness;

    Tickets(SliceDatabase slice, ProfileFreshness freshness) {
        this.slice = slice;
        this.freshness = freshness;
    }

    /**
     * Whom a stream is for, and until when.
     *
     * @param endsAt when the token expires that the stream was opened with
     */
    record Admission(UUID person, Instant endsAt) {}

    /**
     * Gives the caller a ticket. It is never stored, so a repeated request gets another one.
     *
     * @param tokenExpiresAt when the caller's token expires
     * @throws Problem {@code profile-required} (403)
     */
    Uni<Ticket> buy(Caller caller, Instant tokenExpiresAt) {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return freshness.ensure(
                () -> slice.write(
                        caller,
                        tx -> tx.execute(BUY, digest(ticket), caller.id(), tokenExpiresAt.atOffset(ZoneOffset.UTC))
                                .invoke(bought -> {
                                    if (bought.rowCount() == 0) {
                                        throw Refusals.noProfile();
                                    }
                                })
                                .chain(() -> tx.execute(FIND_EXPIRY))
                                .map(rows -> new Ticket(
                                        ticket, Rows.instant(rows.iterator().next(), "expires_at")))),
                caller.id());
    }

    /**
     * Uses a ticket up.
     *
     * @throws Problem {@code unauthenticated} (401)
     */
    Uni<Admission> use(String ticket) {
        return slice.asWorker(USE, digest(ticket))
                .map(
                        rows -> Rows.first(rows, row -> row)
                                .filter(row -> row.getBoolean("is_valid"))
                                .map(row ->
                                        new Admission(row.getUUID("user_id"), Rows.instant(row, "token_expires_at")))
                                .orElseThrow(
                                        () -> InvalidToken.because(
                                                "The ticket is unknown, used or expired; get a new one, with POST /v1/realtime/tickets.")));
    }

    private static Buffer digest(String ticket) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
