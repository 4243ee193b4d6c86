package io.tradosphere.billing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tradosphere.stripefake.Settings;
import io.tradosphere.stripefake.StripeFake;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A Quarkus test resource: the fake of Stripe, whose clock stands still in the past until a test moves it. */
public final class StripeResource implements QuarkusTestResourceLifecycleManager {

    /** The signing secret of the webhook endpoint. */
    public static final String WEBHOOK_SECRET = "whsec_tests_0123456789abcdef";

    /** The secret before it, which is still accepted. */
    public static final String OLD_WEBHOOK_SECRET = "whsec_tests_before_0123456789";

    /** The key of the account. */
    static final String KEY = "sk_test_tradosphere";

    private static final Duration BACK = Duration.ofDays(400);

    private static volatile Settings settings;
    private static volatile StripeFake fake;

    /** The running fake. */
    public static StripeFake fake() {
        return fake;
    }

    /** What the fake was started with. */
    static Settings settings() {
        return settings;
    }

    @Override
    public Map<String, String> start() {
        settings =
                Settings.defaults().withFrozenClock(Instant.now().minus(BACK)).withMaxObjects(400_000);
        fake = StripeFake.start(settings);
        return Map.of(
                "STRIPE_SECRET_KEY",
                KEY,
                "STRIPE_API_BASE",
                fake.baseUrl(),
                "STRIPE_WEBHOOK_SECRET",
                WEBHOOK_SECRET + "," + OLD_WEBHOOK_SECRET,
                "STRIPE_CALLS_PER_SECOND",
                "5000",
                "TRADOSPHERE_RETURN_ORIGINS",
                "http://localhost:*");
    }

    @Override
    public void stop() {
        if (fake != null) {
            fake.close();
        }
    }
}
