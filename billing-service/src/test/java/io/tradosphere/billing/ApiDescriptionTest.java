package io.tradosphere.billing;

import com.stripe.net.Webhook;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tradosphere.contracts.Tier;
import io.tradosphere.test.KnownProfiles;
import io.tradosphere.test.ProfileServiceDouble;
import io.tradosphere.test.SliceStack;
import io.tradosphere.test.TestUser;
import io.tradosphere.test.api.ApiContract;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.UUID;

@QuarkusTest
@WithTestResource(SliceStack.class)
@WithTestResource(ProfileServiceDouble.class)
@WithTestResource(StripeResource.class)
class ApiDescriptionTest extends ApiContract {

    @Override
    protected TestUser somebody() {
        return KnownProfiles.of(Tier.LEGEND);
    }

    @Override
    protected Map<String, String> headers(String operationId, byte[] body) {
        if (operationId.equals("accrueLegendsPool")) {
            return Map.of("Idempotency-Key", UUID.randomUUID().toString());
        }
        try {
            return operationId.equals("receiveStripeEvent")
                    ? Map.of(
                            "Stripe-Signature",
                            Webhook.Signature.generateSignatureHeader(
                                    new String(body, StandardCharsets.UTF_8), StripeResource.WEBHOOK_SECRET))
                    : Map.of();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JDK has HMAC-SHA-256", impossible);
        }
    }
}
