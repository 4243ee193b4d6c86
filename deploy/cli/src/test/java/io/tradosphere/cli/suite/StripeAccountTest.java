package io.tradosphere.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradosphere.cli.DataFolder;
import io.tradosphere.stack.Checkout;
import io.tradosphere.stack.StackException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StripeAccountTest {

    @TempDir
    private Path folder;

    @Test
    void without_a_key_the_suite_has_a_fake_with_a_generated_key_and_webhook_secret() {
        StripeAccount account = account(Map.of());

        assertThat(account.environment())
                .containsEntry("STRIPE_API_BASE", "http://127.0.0.1:8086")
                .hasEntrySatisfying("STRIPE_SECRET_KEY", key -> assertThat(key).startsWith("sk_test_"))
                .hasEntrySatisfying(
                        "STRIPE_WEBHOOK_SECRET", secret -> assertThat(secret).startsWith("whsec_"));
        assertThat(account.process(new DataFolder(Checkout.find(), folder))).isPresent();
        assertThat(account.notice()).contains("fake of Stripe", "STRIPE_SECRET_KEY=sk_test_");
    }

    @Test
    void with_a_test_key_it_has_stripe_and_no_fake() {
        StripeAccount account =
                account(Map.of("STRIPE_SECRET_KEY", "sk_test_1", "STRIPE_WEBHOOK_SECRET", "whsec_of_stripe"));

        assertThat(account.environment())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("STRIPE_SECRET_KEY", "sk_test_1", "STRIPE_WEBHOOK_SECRET", "whsec_of_stripe"));
        assertThat(account.process(new DataFolder(Checkout.find(), folder))).isEmpty();
        assertThat(account.notice()).contains("test mode");
    }

    @Test
    void a_live_key_is_refused_in_one_line() {
        assertThatThrownBy(() -> account(Map.of("STRIPE_SECRET_KEY", "sk_live_1")))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("STRIPE_SECRET_KEY is no key of Stripe's test mode")
                .hasMessageNotContaining("sk_live_1");
    }

    private StripeAccount account(Map<String, String> shell) {
        Checkout checkout = Checkout.find();
        return StripeAccount.of(
                shell::get,
                Secrets.of(new DataFolder(checkout, folder)),
                checkout,
                8086,
                "http://localhost:8080/v1/webhooks/stripe");
    }
}
