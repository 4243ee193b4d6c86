package io.tradosphere.billing.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.smallrye.mutiny.Uni;
import io.tradosphere.billing.stripe.StripeConfig;
import io.tradosphere.billing.sync.StripeNotice;
import io.tradosphere.billing.sync.StripeNotices;
import io.tradosphere.billing.sync.SyncJob;
import io.tradosphere.http.Problem;
import io.tradosphere.http.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Webhooks of Stripe. An event is verified and stored here; {@link SyncJob} fetches the object it is about. */
@ApplicationScoped
class Webhooks {

    /** Stripe's own default. An older signature may be a replay. */
    private static final long TOLERANCE_SECONDS = 300;

    private final StripeNotices notices;
    private final SyncJob sync;
    private final ObjectMapper json;
    private final List<String> secrets;

    Webhooks(StripeNotices notices, SyncJob sync, ObjectMapper json, StripeConfig config) {
        this.notices = notices;
        this.sync = sync;
        this.json = json;
        this.secrets = config.webhookSecrets().orElse(List.of()).stream()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    /**
     * Stores an event. Completes once it is committed.
     *
     * @param body the bytes as they came: the signature is over them
     * @param signature the header {@code Stripe-Signature}; null when it is missing
     * @throws Problem {@code bad-signature} (400), {@code malformed-body} (400)
     */
    Uni<Void> receive(byte[] body, String signature) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (signature == null || secrets.stream().noneMatch(secret -> isSigned(text, signature, secret))) {
            throw ProblemKind.BAD_SIGNATURE.because(
                    "Sign the body with the endpoint's secret, at most " + TOLERANCE_SECONDS + " seconds ago.");
        }
        return StripeNotice.read(json, text)
                .map(notice -> notices.store(notice).invoke(sync::wake))
                .orElseThrow(() -> ProblemKind.MALFORMED_BODY.because("The body is an event of Stripe's."));
    }

    private static boolean isSigned(String body, String signature, String secret) {
        try {
            return Webhook.Signature.verifyHeader(body, signature, secret, TOLERANCE_SECONDS);
        } catch (SignatureVerificationException wrong) {
            return false;
        }
    }
}
