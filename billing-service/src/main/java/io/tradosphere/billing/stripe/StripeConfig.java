package io.tradosphere.billing.stripe;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings of the Stripe account. */
@ConfigMapping(prefix = "tradosphere.stripe")
public interface StripeConfig {

    /** The secret key; empty when the service has none, which is for development. */
    Optional<String> secretKey();

    /** Stripe's address, or that of its fake. */
    String apiBase();

    /** The signing secrets of the webhook endpoint; several while one is rotated. Empty when none is set: every webhook is refused. */
    Optional<List<String>> webhookSecrets();

    /** How many calls a second the account may make, of each endpoint and in all; empty for Stripe's usual limits. */
    OptionalInt callsPerSecond();

    /** How often Stripe is asked for what no webhook has told. */
    Duration reconcileEvery();
}
