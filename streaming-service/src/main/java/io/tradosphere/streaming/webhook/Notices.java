package io.tradosphere.streaming.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.text.Hmac;
import io.tradosphere.streaming.agora.AgoraConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * Notices of Agora's. Agora repeats a notice three times at most, and promises no order. So a notice is only a sign of life of
 * the broadcaster, of which the latest counts: lost, doubled and reordered ones lead to the same state. What ends a stream is
 * its creator, or two minutes without any sign.
 */
@ApplicationScoped
class Notices {

    private static final String APPLY = """
            WITH fresh AS (
              INSERT INTO agora_notices (id, event_type, occurred_at) VALUES ($1, $2, $3)
              ON CONFLICT DO NOTHING RETURNING id
            )
            UPDATE streams SET fed_at = greatest(fed_at, $5)
            WHERE agora_channel_id = $4 AND status = 'live' AND $5::timestamptz IS NOT NULL AND EXISTS (SELECT FROM fresh)
            """;

    private final SliceDatabase slice;
    private final ObjectMapper json;
    private final List<String> secrets;

    Notices(SliceDatabase slice, ObjectMapper json, AgoraConfig config) {
        this.slice = slice;
        this.json = json;
        this.secrets = config.notificationSecrets().orElse(List.of()).stream()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    /**
     * Applies a notice, once. Completes once it is committed.
     *
     * @param body the bytes as they came: the signature is over them
     * @param signature the header {@code Agora-Signature-V2}; null when it is missing
     * @throws Problem {@code bad-notice-signature} (401), {@code malformed-body} (400)
     */
    Uni<NoticeReceived> receive(byte[] body, String signature) {
        if (signature == null || secrets.stream().noneMatch(secret -> isSigned(body, signature, secret))) {
            throw ProblemKind.BAD_NOTICE_SIGNATURE.because("Sign the body with the secret of the notifications.");
        }
        Notice notice = Notice.read(json, body)
                .orElseThrow(() -> ProblemKind.MALFORMED_BODY.because("The body is a notice of Agora's."));
        return slice.asWorker(
                        APPLY,
                        notice.id(),
                        notice.eventType(),
                        time(notice.sentAt()),
                        notice.channel(),
                        time(notice.broadcastAt()))
                .replaceWith(() -> new NoticeReceived(notice.id()));
    }

    private static boolean isSigned(byte[] body, String signature, String secret) {
        return MessageDigest.isEqual(
                Hmac.hex(secret, body).getBytes(StandardCharsets.US_ASCII),
                signature.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
