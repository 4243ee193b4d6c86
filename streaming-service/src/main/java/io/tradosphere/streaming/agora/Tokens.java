package io.tradosphere.streaming.agora;

import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Mints tokens of Agora's channels. None is stored: whoever needs one again gets a new one. */
@ApplicationScoped
public class Tokens {

    /** The user id of the one who streams. Nobody else's token is for it, so notices about it are about them. */
    public static final long BROADCASTER = 1;

    /** The user id of Agora's recorder in a channel. */
    public static final long RECORDER = 2;

    /**
     * Viewers have random ids. Agora removes the earlier of two users with one id; the next token has another. Cloud recording
     * takes numbers alone, so a profile id cannot be the user id.
     */
    private static final long FIRST_VIEWER = 1_000;

    private static final long LAST_VIEWER = 0xFFFF_FFFFL;

    private final AgoraConfig config;
    private final SecureRandom random = new SecureRandom();

    Tokens(AgoraConfig config) {
        this.config = config;
    }

    /**
     * Mints a token for the one who streams.
     *
     * @throws Problem {@code agora-away} (503) when the service has no certificate
     */
    public ChannelToken publisher(String channel) {
        return mint(channel, BROADCASTER, AgoraRole.PUBLISHER);
    }

    /**
     * Mints a token for a viewer.
     *
     * @throws Problem {@code agora-away} (503) when the service has no certificate
     */
    public ChannelToken viewer(String channel) {
        return mint(channel, random.nextLong(FIRST_VIEWER, LAST_VIEWER + 1), AgoraRole.SUBSCRIBER);
    }

    /** Mints a token for Agora's recorder. */
    ChannelToken recorder(String channel) {
        return mint(channel, RECORDER, AgoraRole.SUBSCRIBER);
    }

    /**
     * Requires what tokens are signed with.
     *
     * @return the certificate
     * @throws Problem {@code agora-away} (503) when the service has none
     */
    public String requireCertificate() {
        return config.appCertificate()
                .orElseThrow(() -> ProblemKind.AGORA_AWAY.because("This installation has no AGORA_APP_CERTIFICATE."));
    }

    private ChannelToken mint(String channel, long user, AgoraRole role) {
        String certificate = requireCertificate();
        Instant issued = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Duration lifetime = Duration.ofMinutes(config.tokenMinutes());
        int salt = random.nextInt(1, Integer.MAX_VALUE);
        String token = new AccessToken(channel, user, role, issued, lifetime, salt).sign(config.appId(), certificate);
        return new ChannelToken(config.appId(), channel, user, role, token, issued.plus(lifetime));
    }
}
