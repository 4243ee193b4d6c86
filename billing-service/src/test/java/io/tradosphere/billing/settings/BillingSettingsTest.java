package io.tradosphere.billing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingSettingsTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "STRIPE_SECRET_KEY", "sk_live_51abc",
            "STRIPE_WEBHOOK_SECRET", "whsec_0123456789abcdef",
            "TRADOSPHERE_RETURN_ORIGINS", "https://app.example.com"));

    @Test
    void production_starts_with_live_keys() {
        assertThat(error(true)).isEmpty();
    }

    @Test
    void development_starts_without_any_setting() {
        environment.clear();

        assertThat(error(false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "TRADOSPHERE_RETURN_ORIGINS"})
    void production_names_a_missing_variable(String name) {
        environment.remove(name);

        assertThat(error(true)).startsWith("set " + name + ": ");
    }

    @Test
    void production_refuses_a_test_key() {
        environment.put("STRIPE_SECRET_KEY", "sk_test_51abc");

        assertThat(error(true)).startsWith("STRIPE_SECRET_KEY is a live key").doesNotContain("51abc");
        assertThat(error(false)).isEmpty();
    }

    @Test
    void production_refuses_an_address_that_is_not_stripes() {
        environment.put("STRIPE_API_BASE", "http://localhost:12111");

        assertThat(error(true)).isEqualTo("STRIPE_API_BASE is https://api.stripe.com in production; leave it unset.");
        assertThat(error(false)).isEmpty();
    }

    @Test
    void two_webhook_secrets_are_allowed_while_one_is_rotated() {
        environment.put("STRIPE_WEBHOOK_SECRET", "whsec_0123456789abcdef, whsec_fedcba9876543210");

        assertThat(error(true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "STRIPE_SECRET_KEY, abc",
        "STRIPE_WEBHOOK_SECRET, whsec_short",
        "STRIPE_API_BASE, localhost:12111",
        "STRIPE_CALLS_PER_SECOND, 0",
        "TRADOSPHERE_RETURN_ORIGINS, https://app.example.com/path",
        "TRADOSPHERE_RETURN_ORIGINS, https://app@example.com",
        "TRADOSPHERE_SUBSCRIPTION_FEE_PERCENT, 100",
        "TRADOSPHERE_SUBSCRIPTION_GRACE_DAYS, -1",
    })
    void a_value_that_cannot_be_right_is_refused_by_name(String name, String value) {
        environment.put(name, value);

        assertThat(error(false)).startsWith(name + " is ");
    }

    private String error(boolean production) {
        return new BillingSettings().error(environment::get, production).orElse("");
    }
}
